"""SQL of the chain heads, copied from the shops' files to the control database."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, select

from daftari.db.base import ReadTx, WriteTx, put
from daftari.ledger.rules.chain import GENESIS, ChainHead
from daftari.ledger.store.entries import find_head
from daftari.ledger.tables import chain_heads, entries

_COPIED = select(chain_heads.c.shop_id, chain_heads.c.sequence, chain_heads.c.chain).where(
    chain_heads.c.shop_id.in_(bindparam("shop_ids", expanding=True))
)
_PUT = put(chain_heads, "sequence", "chain", "copied_at")
_BETWEEN = (
    select(entries.c.sequence)
    .where(entries.c.chain.between(bindparam("lowest"), bindparam("highest")))
    .order_by(entries.c.sequence)
    .limit(1)
)
_CHAIN_AT = select(entries.c.chain).where(entries.c.sequence == bindparam("sequence"))


def find_copied_heads(tx: ReadTx, shop_ids: Iterable[str]) -> dict[str, ChainHead]:
    """The copied head of each shop that has one. Reads the control database."""
    rows = tx.execute(_COPIED, {"shop_ids": list(shop_ids)})
    return {shop_id: ChainHead(sequence, chain) for shop_id, sequence, chain in rows}


def find_newer_head(tx: ReadTx, copied: ChainHead) -> ChainHead | None:
    """The current head, if it continues the chain of the copied one. Reads a shop's file.

    None also for a chain that was cut or rewritten: the copy stays as evidence.
    """
    head = find_head(tx)
    if head.sequence <= copied.sequence:
        return None
    at_copied = tx.scalar(_CHAIN_AT, {"sequence": copied.sequence}) if copied.sequence else GENESIS
    return head if at_copied == copied.chain else None


def find_proven(tx: ReadTx, start: bytes) -> int | None:
    """The sequence of the entry whose digest in the chain begins so; None where there is none."""
    rest = len(GENESIS) - len(start)
    place = {"lowest": start + bytes(rest), "highest": start + b"\xff" * rest}
    return tx.scalar(_BETWEEN, place)


def put_heads(tx: WriteTx, heads: Mapping[str, ChainHead], at: datetime) -> None:
    """Store each head that is newer than the stored one."""
    kept = find_copied_heads(tx, heads)
    rows = [
        {"shop_id": shop_id, "sequence": head.sequence, "chain": head.chain, "copied_at": at}
        for shop_id, head in heads.items()
        if shop_id not in kept or head.sequence > kept[shop_id].sequence
    ]
    if rows:
        tx.execute(_PUT, rows)
