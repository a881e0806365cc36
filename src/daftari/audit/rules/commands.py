"""Commands to the room of audit, which a form makes and an action carries out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportActivity:
    """The command to note an export of the page. `kind`: its filter, '' for none."""

    kind: str
