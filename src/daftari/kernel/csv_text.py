"""CSV for spreadsheets: a cell that a spreadsheet would take for a formula comes out as text."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Final

BYTE_ORDER_MARK: Final = "\ufeff"
"""At the start of a file Excel reads it as UTF-8."""
_GUARD: Final = "'"
# What begins a formula in Excel, LibreOffice or Google Sheets (OWASP, CSV injection); the guard.
_GUARDED: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", _GUARD)


def csv_line(cells: Iterable[str]) -> str:
    """One line of a CSV file (RFC 4180), every cell guarded."""
    return line_of_guarded([guarded(cell) for cell in cells])


def line_of_guarded(cells: Iterable[str]) -> str:
    """One line of cells that are guarded already, or are days and numbers of our own."""
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def csv_rows(text: str) -> Iterator[list[str]]:
    """The rows of a CSV text as they were before they were guarded."""
    lines = StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")
    return ([unguarded(cell) for cell in row] for row in csv.reader(lines))


def guarded(cell: str) -> str:
    """The cell behind an apostrophe where a spreadsheet would not read it as text."""
    return _GUARD + cell if cell.startswith(_GUARDED) else cell


def unguarded(cell: str) -> str:
    """The cell as it was before `guarded`."""
    return cell[1:] if cell.startswith(_GUARD) and cell[1:].startswith(_GUARDED) else cell
