"""The CSV files of an export, for spreadsheets: a cell that looks like a formula is text."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from daftari.db.base import Rows
from daftari.exports.pages.words import ExportWords, plain_amount
from daftari.kernel.csv_text import BYTE_ORDER_MARK, csv_line, guarded, line_of_guarded
from daftari.web.i18n import marked as _

CUSTOMERS: Final = (
    _("Name"),
    _("Nickname"),
    _("Phone"),
    _("E-mail"),
    _("Neighbourhood"),
    _("Role"),
    _("Note"),
    _("Balance"),
)
ENTRIES: Final = (
    _("Customer"),
    _("Kind"),
    _("Amount"),
    _("Balance after it"),
    _("Currency"),
    _("Day"),
    _("Due on"),
    _("Note"),
    _("Taken by"),
    _("Paid by"),
    _("Written by"),
    _("Written at"),
)
PROMISES: Final = (
    _("Customer"),
    _("Promised for"),
    _("Amount"),
    _("Currency"),
    _("Note"),
    _("Made at"),
    _("Withdrawn at"),
)


def head(words: ExportWords, columns: Iterable[str]) -> str:
    return BYTE_ORDER_MARK + csv_line(words.gettext(column) for column in columns)


def customer_lines(
    words: ExportWords, parts: Iterable[Rows], balances: dict[str, dict[str, int]]
) -> Iterator[str]:
    """A line for each customer, with the balances in all currencies."""
    for row in _rows(parts):
        owed = balances.get(row.id, {})
        texts = [f"{plain_amount(minor, code)} {code}" for code, minor in owed.items()]
        details = row.name, row.nickname, row.phone or "", row.email or "", row.neighbourhood
        yield csv_line((*details, words.role(row.role), row.note, " · ".join(texts)))


def entry_lines(words: ExportWords, parts: Iterable[Rows]) -> Iterator[str]:
    """A line for each entry, as it was written; a payment is below zero."""
    for row in _rows(parts):
        yield line_of_guarded(
            (
                guarded(row.name),
                words.kind(row.kind),
                plain_amount(row.effect_minor or row.amount_minor, row.currency),
                plain_amount(row.balance_after_minor, row.currency),
                row.currency,
                row.occurred_on,
                row.due_on or "",
                guarded(row.note or ""),
                guarded(row.taker or ""),
                guarded(row.paid_by or ""),
                guarded(words.names.get(row.recorded_by, "")),
                row.recorded_at,
            )
        )


def promise_lines(words: ExportWords, parts: Iterable[Rows]) -> Iterator[str]:
    for row in _rows(parts):
        amount = plain_amount(row.amount_minor, row.currency)
        times = row.made_at, row.withdrawn_at or ""
        texts = guarded(row.name), guarded(row.note)
        cells = texts[0], row.promised_on, amount, row.currency, texts[1]
        yield line_of_guarded((*cells, *times))


def _rows(parts: Iterable[Rows]) -> Iterator[Any]:
    return (row for part in parts for row in part)
