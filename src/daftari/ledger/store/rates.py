"""SQL of the rates that the owner typed."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, select

from daftari.db.base import ReadTx, WriteTx, put
from daftari.db.prepared import prepared
from daftari.ledger.tables import rates

_RATES = prepared(select(rates.c.currency, rates.c.rate_e8))
_TYPED = select(rates.c.currency, rates.c.rate_e8, rates.c.typed_on)
_PUT = put(rates, "rate_e8", "typed_on", "typed_by")


class TypedRate(NamedTuple):
    """A rate, and the day on which it was typed."""

    currency: str
    rate_e8: int
    typed_on: date


def find_rates(tx: ReadTx) -> dict[str, int]:
    """The rates by currency."""
    return {row.currency: row.rate_e8 for row in tx.execute(_RATES)}


def find_typed_rates(tx: ReadTx) -> dict[str, TypedRate]:
    """The rates by currency, with their days."""
    return {row.currency: TypedRate._make(row) for row in tx.execute(_TYPED)}


def put_rate(tx: WriteTx, rate: TypedRate, person_id: str) -> None:
    tx.execute(_PUT, {**rate._asdict(), "typed_by": person_id})


def delete_rate(tx: WriteTx, currency: str) -> None:
    tx.execute(delete(rates).where(rates.c.currency == currency))


def delete_rates(tx: WriteTx) -> None:
    tx.execute(delete(rates))
