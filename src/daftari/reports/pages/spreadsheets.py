"""A table as a file for spreadsheets: CSV, and XLSX with numbers, days and right-to-left sheets.

Text is written as text: whatever it begins with, no spreadsheet reads it as a formula. XlsxWriter
is imported at the first XLSX file.
"""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any, Final

from daftari.kernel.csv_text import BYTE_ORDER_MARK, csv_line
from daftari.reports.pages.table import Amount, Cell, Row

_WIDTHS: Final = (12, 16, 22, 11, 28, 44, 14, 14, 14, 12, 10)
_TEXT_OF_A_CELL: Final = 32_767
# In memory: a temporary file on the disk would hold the book's text unencrypted.
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def csv_of(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """The CSV file: days as ISO dates, amounts with a point."""
    lines = [csv_line(columns), *(csv_line(map(_as_text, row)) for row in rows)]
    return (BYTE_ORDER_MARK + "".join(lines)).encode()


def xlsx_of(columns: Iterable[str], rows: Iterable[Row], title: str, *, is_rtl: bool) -> bytes:
    """The XLSX file with one sheet."""
    import xlsxwriter

    content = BytesIO()
    book = xlsxwriter.Workbook(content, _OPTIONS)
    sheet = book.add_worksheet(title[:31])
    if is_rtl:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EFEC"})
    for column, name in enumerate(columns):
        sheet.write_string(0, column, name, head)
    looks = _Looks(book)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, looks)
    book.close()
    return content.getvalue()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def of(self, number_format: str) -> Any:
        if number_format not in self._made:
            self._made[number_format] = self._book.add_format({"num_format": number_format})
        return self._made[number_format]


def _write(sheet: Any, row: int, column: int, cell: Cell, looks: _Looks) -> None:
    if isinstance(cell, Amount):
        decimals = "." + "0" * cell.decimals if cell.decimals else ""
        value = cell.minor / 10**cell.decimals
        sheet.write_number(row, column, value, looks.of(f"#,##0{decimals}"))
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, looks.of("yyyy-mm-dd"))
    elif cell:
        sheet.write_string(row, column, cell[:_TEXT_OF_A_CELL])


def _as_text(cell: Cell) -> str:
    if isinstance(cell, Amount):
        return cell.plain
    return cell.isoformat() if isinstance(cell, date) else cell or ""
