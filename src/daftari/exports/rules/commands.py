"""The commands of this room."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportShop:
    """The command to write the whole shop into a file. `id`: of the task that does it."""

    id: str
