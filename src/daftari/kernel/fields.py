"""The declaration of a field: one thing of a noun that people fill in.

Each noun has one tuple of declarations. What can be derived from them is derived (readers,
`maxlength`, columns of a SELECT, members of a snapshot and of a sync item, what erasure empties);
of the rest a test checks that it agrees with them (`docs/how-to/add-a-field.md`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `name`: in the form, in its refusals and among the labels.

    `read`: from the typed text to the stored value, or a `Refusal`. `longest`: of the typed text in
    characters, 0 where something is chosen. `stored_as`: the column, and the member on a phone,
    where that has another name. `is_personal`: it says who somebody is, so erasure empties it.
    `is_offline`: the snapshot carries it to the phone.
    """

    name: str
    read: Callable[..., Any]
    longest: int = 0
    stored_as: str = ""
    is_personal: bool = False
    is_offline: bool = False

    @property
    def column(self) -> str:
        return self.stored_as or self.name


def by_name(*fields: Field) -> Mapping[str, Field]:
    """The declared fields of a noun, by their names."""
    return {field.name: field for field in fields}
