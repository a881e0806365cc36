"""The chain's heads, copied out of the shops' files into the control file."""

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
_CHAIN_AT = select(entries.c.chain).where(entries.c.sequence == bindparam("sequence"))


def find_copied_heads(tx: ReadTx, shop_ids: Iterable[str]) -> dict[str, ChainHead]:
    """Of the control file: the head of each shop that was ever copied."""
    rows = tx.execute(_COPIED, {"shop_ids": list(shop_ids)})
    return {shop_id: ChainHead(sequence, chain) for shop_id, sequence, chain in rows}


def find_newer_head(tx: ReadTx, copied: ChainHead) -> ChainHead | None:
    """Of a shop's file: where its chain stands, if it has grown out of the head that was copied.

    None also for a chain that was cut or written anew: what was copied stays, to bear witness.
    """
    head = find_head(tx)
    if head.sequence <= copied.sequence:
        return None
    at_copied = tx.scalar(_CHAIN_AT, {"sequence": copied.sequence}) if copied.sequence else GENESIS
    return head if at_copied == copied.chain else None


def put_heads(tx: WriteTx, heads: Mapping[str, ChainHead], at: datetime) -> None:
    """Keep each head that is newer than what is kept."""
    kept = find_copied_heads(tx, heads)
    rows = [
        {"shop_id": shop_id, "sequence": head.sequence, "chain": head.chain, "copied_at": at}
        for shop_id, head in heads.items()
        if shop_id not in kept or head.sequence > kept[shop_id].sequence
    ]
    if rows:
        tx.execute(_PUT, rows)
