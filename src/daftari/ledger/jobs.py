"""Background jobs for every book: copies of the chain heads, and verification."""

import asyncio
from typing import Final

from daftari.customers.actions import main_currency
from daftari.db.connection import FileBusy, StorageFull
from daftari.db.control import Control
from daftari.db.shops import ShopAhead, ShopBehind, ShopDamaged, Shops, ShopUnknown
from daftari.identity.actions.shops import currencies_of, follow_currency
from daftari.kernel.clock import Clock
from daftari.ledger.actions.verify import verify_book
from daftari.ledger.rules.chain import GENESIS, ChainHead, chain_start
from daftari.ledger.rules.proof import Fault, Proof
from daftari.ledger.store.heads import (
    find_copied_heads,
    find_newer_head,
    find_proven,
    put_heads,
)

SECONDS_BETWEEN_COPIES: Final = 5.0
_EMPTY: Final = ChainHead(0, GENESIS)
_READER: Final = "heads"
_SICK: Final = (ShopDamaged, ShopUnknown, ShopAhead)


async def copy_heads(shops: Shops, control: Control, clock: Clock) -> None:
    """Copy the chain heads of the shops that were written to the control database, in one write;
    and their main currencies, where a change did not reach it.

    A shop that cannot be read is skipped. Raises `StorageFull`; after that, or after a
    cancellation, the same shops are copied the next time.
    """
    written = shops.pop_written(_READER)
    if not written:
        return
    try:
        heads = await _newer_heads(shops, await control.read(find_copied_heads, written), written)
        if heads:
            await control.write(put_heads, heads, clock.now())
        await _follow_currencies(shops, control, written)
    except BaseException:
        shops.put_back_written(_READER, written)
        raise


async def copy_heads_forever(
    shops: Shops, control: Control, clock: Clock, seconds: float = SECONDS_BETWEEN_COPIES
) -> None:
    """Copy the heads every few seconds until cancelled, and once more at the end."""
    try:
        while True:
            await asyncio.sleep(seconds)
            await _copy_if_room(shops, control, clock)
    finally:
        await _copy_if_room(shops, control, clock)


async def verify_shop(shops: Shops, control: Control, shop_id: str) -> Proof:
    """The proof of one shop: its file, then its book. Never raises for a damaged file."""
    try:
        complaints = await shops.check_file(shop_id)
        if complaints:
            return _unread(f"the file is damaged: {complaints[0]}")
        currency = (await control.read(currencies_of, [shop_id])).get(shop_id)
        if currency is None:
            return _unread("the control file has its key and does not know the shop")
        copied = await control.read(find_copied_heads, [shop_id])
        return await shops.read(shop_id, verify_book, currency, copied.get(shop_id, _EMPTY))
    except ShopAhead:
        return _unread("the file was written by a newer Daftari")
    except ShopBehind:
        return _unread("not proved: its schema is older, run `daftari migrate` first")
    except (ShopDamaged, ShopUnknown):
        return _unread("the file is missing or cannot be read")


async def find_code(shops: Shops, shop_id: str, code: str) -> int | None:
    """The sequence of the entry that a statement's proof code stands for; None where there is none.

    Raises ValueError for what is no code.
    """
    return await shops.read(shop_id, find_proven, chain_start(code))


async def _newer_heads(
    shops: Shops, copied: dict[str, ChainHead], shop_ids: set[str]
) -> dict[str, ChainHead]:
    heads: dict[str, ChainHead] = {}
    for shop_id in shop_ids:
        try:
            newer = await shops.read(shop_id, find_newer_head, copied.get(shop_id, _EMPTY))
        except _SICK:
            continue
        if newer is not None:
            heads[shop_id] = newer
    return heads


async def _follow_currencies(shops: Shops, control: Control, shop_ids: set[str]) -> None:
    for shop_id, seen in (await control.read(currencies_of, shop_ids)).items():
        try:
            found = await shops.read(shop_id, main_currency)
        except _SICK:
            continue
        if found not in (None, seen):
            await control.write(follow_currency, shop_id, seen, found)


async def _copy_if_room(shops: Shops, control: Control, clock: Clock) -> None:
    """Copy the heads, unless the disk is full: then they are copied later without loss."""
    try:
        await copy_heads(shops, control, clock)
    except (StorageFull, FileBusy):
        return


def _unread(reason: str) -> Proof:
    return Proof(0, (Fault(None, reason),))
