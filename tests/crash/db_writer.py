"""A program to be killed: `db_writer.py DATA write SHOP…` or `db_writer.py DATA create`.

It writes as fast as it can, and says each thing it was told is kept.
"""

import asyncio
import itertools
import sys
from pathlib import Path

from sqlalchemy import text

from daftari.db.base import WriteTx
from daftari.kernel.ids import new_id
from tests.integration.db.support import Installation, write_line


def write_and_count(tx: WriteTx, line_id: str) -> None:
    """Two rows that must agree: the line, and how many lines there are."""
    write_line(tx, line_id, "x" * 700)
    tx.execute(text("UPDATE counted SET n = n + 1"))


async def write_on(installation: Installation, shop_id: str) -> None:
    while True:
        line_id = new_id()
        await installation.shops.write(shop_id, write_and_count, line_id)
        say(f"{shop_id} {line_id}")


async def create_on(installation: Installation) -> None:
    for _ in itertools.count():
        say(await installation.new_shop())


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def main(data: Path, act: str, *shop_ids: str) -> None:
    installation = await Installation.start(data, open_shops=2)
    say("ready")
    if act == "create":
        await asyncio.gather(*(create_on(installation) for _ in range(2)))
    await asyncio.gather(*(write_on(installation, shop_id) for shop_id in shop_ids))


def live(data: Path, act: str, *shop_ids: str) -> None:
    asyncio.run(main(data, act, *shop_ids))


if __name__ == "__main__":
    live(Path(sys.argv[1]), *sys.argv[2:])
