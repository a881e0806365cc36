"""The commands of this room."""

from dataclasses import dataclass

from daftari.tasks.rules import TaskKind


@dataclass(frozen=True, slots=True)
class AskTask:
    """The command to begin long work in the background. `id`: of the new task."""

    id: str
    kind: TaskKind
