"""Rules of long work: the states of a task, its lease, and how long its file is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LEASE: Final = timedelta(seconds=20)
"""The lease of a claimed task. Its worker renews it while it works; after a crash it runs out."""
MOST_ATTEMPTS: Final = 3
"""How often a task begins. One that was cut off that often is not begun again."""
KEPT_FOR: Final = timedelta(hours=24)
"""How long the file of a task can be downloaded."""
LISTED_FOR: Final = timedelta(days=30)
"""How long an ended task stays in the list."""


class TaskKind(StrEnum):
    """A kind of long work. Of each kind a shop has one task at a time."""

    EXPORT_SHOP = "export_shop"


class TaskState(StrEnum):
    """The state of a task. `expired`: it was done, and its file is deleted."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN: Final = (TaskState.WAITING, TaskState.RUNNING)


@dataclass(frozen=True, slots=True)
class LongTask:
    """A task of a shop. `attempts`: how often it was claimed; `done` of `total` steps are taken;
    `reason`: the name of why it failed; `file_bytes`: the size of its file, which can be downloaded
    until `expires_at`.
    """

    id: str
    shop_id: str
    person_id: str
    kind: TaskKind
    language: str
    asked_at: datetime
    state: TaskState = TaskState.WAITING
    attempts: int = 0
    done: int = 0
    total: int = 0
    reason: str | None = None
    ended_at: datetime | None = None
    expires_at: datetime | None = None
    file_bytes: int | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def percent(self) -> int:
        """How much of it is done; 0 while that is not known."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    def has_file(self, at: datetime) -> bool:
        """Whether its file can be downloaded at this moment."""
        return self.state is TaskState.DONE and self.expires_at is not None and at < self.expires_at


@dataclass(slots=True)
class TaskProgress:
    """The progress of running work, written by the work and read by its runner."""

    done: int = 0
    total: int = 0
