"""The command `daftari verify`: checks every shop's ledger; it reads, and repairs nothing."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

from daftari.settings import Settings

if TYPE_CHECKING:
    from daftari.ledger.rules.proof import Proof

SUMMARY: Final = "prove every shop's book from its entries alone; names the first wrong one"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--shop", metavar="ID", help="this shop only")
    parser.add_argument(
        "--code", metavar="CODE", help="and look for the proof code of a statement of that shop"
    )


def run(arguments: Namespace, settings: Settings) -> int:
    """Verify the books. Returns 1 when one has a fault. Safe while the server runs."""
    if arguments.code and not arguments.shop:
        print("A code is of one shop: --shop ID.", file=sys.stderr)
        return 2
    return asyncio.run(_verify(settings, arguments.shop, arguments.code))


async def _verify(settings: Settings, only: str | None, code: str | None) -> int:
    shops = entries = wrong = 0
    async for shop_id, proof in _proofs(settings, only):
        shops, entries, wrong = shops + 1, entries + proof.entries, wrong + bool(proof.faults)
        print(shop_id, _report(proof), sep="  ", flush=True)
    print(f"{shops} shops, {entries} entries, {wrong} wrong.", file=sys.stderr)
    if wrong or only is None or code is None:
        return 1 if wrong else 0
    return await _look_for(settings, only, code)


async def _look_for(settings: Settings, shop_id: str, code: str) -> int:
    """Tell the entry that a proof code stands for. Returns 1 where there is none."""
    from daftari.db.databases import open_databases
    from daftari.ledger.jobs import find_code

    try:
        async with open_databases(settings, migrates=False) as databases:
            found = await find_code(databases.shops, shop_id, code)
    except ValueError:
        found = None
    print(f"code {code}: " + (f"entry {found}" if found else "not of this book"))
    return 0 if found else 1


async def _proofs(settings: Settings, only: str | None) -> "AsyncIterator[tuple[str, Proof]]":
    from daftari.db.databases import open_databases
    from daftari.db.keys import all_shop_ids
    from daftari.ledger.jobs import verify_shop
    from daftari.ledger.rules.proof import Fault, Proof

    async with open_databases(settings, migrates=False) as databases:
        shop_ids = [only] if only else await databases.control.read(all_shop_ids)
        for shop_id in shop_ids:
            try:
                proof = await verify_shop(databases.shops, databases.control, shop_id)
            except Exception as error:  # as in migrate: the other shops are verified all the same
                proof = Proof(0, (Fault(None, f"the book cannot be read: {type(error).__name__}"),))
            yield shop_id, proof


def _report(proof: "Proof") -> str:
    if not proof.faults:
        return f"right  {proof.entries} entries"
    places = [f"entry {one.sequence}: " if one.sequence else "" for one in proof.faults]
    faults = zip(places, proof.faults, strict=True)
    return "WRONG  " + "; ".join(place + fault.reason for place, fault in faults)
