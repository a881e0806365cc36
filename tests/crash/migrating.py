"""A later release to be killed.

It kills itself before the first statement that begins with STEP, and migrates the shop where none
does.
"""

import asyncio
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from daftari.db import migrate
from tests.integration.ledger.support import open_installation


async def main(migrations: Path, data: Path, shop_id: str, step: str) -> None:
    def die(connection: Any, cursor: Any, sql: str, *rest: object) -> None:
        if sql.strip().startswith(step):
            os.kill(os.getpid(), 9)

    migrate.folder = lambda family: migrations / family
    event.listen(Engine, "before_cursor_execute", die)
    async with open_installation(data) as installation:
        print(*await installation.databases.shops.migrate(shop_id))


def live(migrations: Path, data: Path, shop_id: str, step: str) -> None:
    asyncio.run(main(migrations, data, shop_id, step))
