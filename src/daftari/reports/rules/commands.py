"""Commands to the room of reports, which a form makes and an action carries out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportStatement:
    """The command to note that a statement leaves the book as a file. `format`: pdf, csv, xlsx."""

    customer_id: str
    format: str


@dataclass(frozen=True, slots=True)
class ExportReport:
    """The command to note that the report leaves the book as a file. `format`: pdf, csv, xlsx."""

    format: str
