"""Run as a program of a later release: `next_release.py DATA SHOP…`; says how each shop fared."""

import asyncio
import sys
from pathlib import Path

from tests.integration.db.support import Installation, lines


async def main(data: Path, shop_ids: list[str]) -> None:
    installation = await Installation.start(data)
    fates = await asyncio.gather(*(fate(installation, shop_id) for shop_id in shop_ids))
    await installation.stop()
    for line in fates:
        print(line)


async def fate(installation: Installation, shop_id: str) -> str:
    try:
        was, now = await installation.shops.migrate(shop_id)
        return f"{was} {now} {len(await installation.shops.read(shop_id, lines))}"
    except Exception as error:
        return type(error).__name__


asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
