"""SQL of entries and their texts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, func, insert, select

from daftari.db.base import Moment, ReadTx, WriteTx, newest, total
from daftari.db.prepared import prepared
from daftari.kernel.arabic import text_key
from daftari.ledger.rules.chain import GENESIS, ChainHead, Entry
from daftari.ledger.rules.goods import Goods
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.store.goods import insert_goods
from daftari.ledger.tables import balances, entries, entry_texts

_BY_ID = prepared(
    select(entries, entry_texts.c.salt)
    .outerjoin(entry_texts, entry_texts.c.entry_id == entries.c.id)
    .where(entries.c.id == bindparam("entry_id"))
)
HEAD = newest(entries.c.sequence, entries.c.chain, entries.c.recorded_at)
_LAST_OF_CURRENCY = (
    select(entries.c.occurred_on)
    .where(
        entries.c.customer_id == balances.c.customer_id,
        entries.c.currency == balances.c.currency,
        entries.c.kind == "payment",
        ~select(1)
        .where((later := entries.alias("later")).c.reverses_id == entries.c.id)
        .correlate(entries)
        .exists(),
    )
    .order_by(entries.c.occurred_on.desc())
    .limit(1)
    .correlate(balances)
    .scalar_subquery()
)
# Of each currency by itself: so the newest is at the end of an index.
_LAST_PAYMENT = prepared(
    select(func.max(_LAST_OF_CURRENCY)).where(balances.c.customer_id == bindparam("customer_id"))
)
_TEXTS = prepared(
    select(entry_texts.c.note, entry_texts.c.taker, entry_texts.c.paid_by).where(
        entry_texts.c.entry_id == bindparam("entry_id")
    )
)
_IS_CORRECTED = prepared(
    select(entries.c.id)
    .where(
        entries.c.corrects_id == bindparam("first_id"),
        entries.c.sequence > bindparam("sequence"),
    )
    .limit(1)
)
_undone = entries.alias("undone")
_DISCOUNTED = select(total(entries.c.amount_minor)).where(
    entries.c.customer_id == bindparam("customer_id"),
    entries.c.currency == bindparam("currency"),
    entries.c.kind == "discount",
    entries.c.recorded_by == bindparam("person_id"),
    entries.c.recorded_at >= bindparam("since", type_=Moment()),
    ~select(1).where(_undone.c.reverses_id == entries.c.id).correlate(entries).exists(),
)
_INSERT = prepared(insert(entries))
_INSERT_PARTICULARS = prepared(insert(entry_texts))


@dataclass(frozen=True, slots=True)
class EntryText:
    """The texts and the goods of an entry, with the salt of their digest."""

    entry_id: str
    salt: bytes
    note: str
    taker: str
    paid_by: str
    goods: Goods = ()


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry of the book; `salt` is None when it has no texts, or they are erased."""

    entry: Entry
    salt: bytes | None


def find_entry(tx: ReadTx, entry_id: str) -> StoredEntry | None:
    row = tx.execute(_BY_ID, {"entry_id": entry_id}).mappings().one_or_none()
    if row is None:
        return None
    return StoredEntry(_entry(row), row["salt"])


def find_texts(tx: ReadTx, entry_id: str) -> tuple[str, str, str]:
    """Note, taker and payer of an entry."""
    row = tx.execute(_TEXTS, {"entry_id": entry_id}).one_or_none()
    return ("", "", "") if row is None else (row.note, row.taker, row.paid_by)


def is_corrected(tx: ReadTx, entry: Entry) -> bool:
    """Whether a later entry takes the place of this one."""
    first = entry.corrects_id or entry.id
    place = {"first_id": first, "sequence": entry.sequence}
    return tx.scalar(_IS_CORRECTED, place) is not None


def find_head(tx: ReadTx) -> ChainHead:
    """The head of the chain."""
    last = tx.execute(HEAD).one_or_none()
    return ChainHead(0, GENESIS) if last is None else ChainHead(*last)


def find_last_payment(tx: ReadTx, customer_id: str) -> Any:
    """The day of the newest payment that is not reversed, or None."""
    return tx.scalar(_LAST_PAYMENT, {"customer_id": customer_id})


def find_discounted(
    tx: ReadTx, customer_id: str, currency: str, person_id: str, since: datetime
) -> int:
    """The sum of the discounts that a person wrote on an account since a moment, and that stand."""
    place = {"customer_id": customer_id, "currency": currency, "person_id": person_id}
    return tx.scalar(_DISCOUNTED, place | {"since": since}) or 0


def insert_entry(tx: WriteTx, entry: Entry, chain: bytes, words: EntryText | None) -> None:
    tx.execute(_INSERT, {name: getattr(entry, name) for name in Entry.__slots__} | {"chain": chain})
    if words is not None:
        key = text_key(words.note, words.taker, words.paid_by)
        texts = {name: getattr(words, name) for name in EntryText.__slots__ if name != "goods"}
        tx.execute(_INSERT_PARTICULARS, texts | {"search_key": key})
        insert_goods(tx, entry.sequence, words.goods)


def _entry(row: RowMapping) -> Entry:
    values = {name: row[name] for name in Entry.__slots__}
    return Entry(**{**values, "kind": Kind(row["kind"])})
