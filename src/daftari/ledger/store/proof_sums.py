"""SQL of the verification: the sums of the whole book, as they are stored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from daftari.db.base import ReadTx
from daftari.db.stored import as_stored
from daftari.ledger.tables import due_totals, totals

_TOTALS = select(totals.c.currency, totals.c.receivable_minor, totals.c.payable_minor)
_DUE_TOTALS = select(*(as_stored(column) for column in due_totals.c))

DuePlace = tuple[int, str, date]
"""Direction, currency and due day: what the sums of due debts are kept by."""


def find_totals(tx: ReadTx) -> Mapping[str, tuple[int, int]]:
    """Receivable and payable totals by currency."""
    return {code: (receivable, payable) for code, receivable, payable in tx.execute(_TOTALS)}


def find_due_totals(tx: ReadTx) -> Mapping[DuePlace, Any]:
    """What is open of all customers, by the day it falls due."""
    return {(row[0], row[1], row[2]): row[3] for row in tx.execute(_DUE_TOTALS)}
