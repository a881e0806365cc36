"""The command `daftari migrate`: migrates every shop's file now, not when it is next opened."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from rich.progress import track

from daftari.settings import Settings

SUMMARY: Final = "bring every shop's file to the newest schema; says which ones failed"


def add_arguments(parser: ArgumentParser) -> None:
    """Add no arguments: the command has none."""


def run(_: Namespace, settings: Settings) -> int:
    """Migrate all shops. Returns 1 when one failed; the others are migrated all the same."""
    done, behind, failed = asyncio.run(_migrate(settings))
    print(
        f"{done} shops are at the newest schema, {behind} of them since now; {len(failed)} failed."
    )
    for shop_id, why in failed.items():
        print(f"  {shop_id}  {why}", file=sys.stderr)
    return 1 if failed else 0


async def _migrate(settings: Settings) -> tuple[int, int, dict[str, str]]:
    """Returns the number of shops opened, the number migrated, and the errors by shop id."""
    from daftari.db.databases import open_databases
    from daftari.db.keys import all_shop_ids

    behind = 0
    failed: dict[str, str] = {}
    async with open_databases(settings) as databases:
        shop_ids = await databases.control.read(all_shop_ids)
        for shop_id in track(shop_ids, "Shops", disable=not sys.stderr.isatty()):
            try:
                was, now = await databases.shops.migrate(shop_id)
                behind += was < now
            except Exception as error:
                failed[shop_id] = type(error).__name__
    return len(shop_ids) - len(failed), behind, failed
