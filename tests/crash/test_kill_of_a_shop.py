"""kill -9 at any moment: what was answered is there, once, and nothing is half there."""

import random
from pathlib import Path

from sqlalchemy import text

from daftari.db.base import ReadTx, WriteTx
from daftari.db.keys import all_shop_ids
from tests.crash.db_writer import live
from tests.crash.killing import run_and_kill
from tests.integration.db.support import Installation, lines

KILLS = 25


def written_until_killed(
    data: Path, act: str, *shop_ids: str, after: float, least: int = 0
) -> list[str]:
    """All that the writer had been answered when it was killed."""
    said = data.with_name(f"{data.name}.said")
    return run_and_kill(said, live, data, act, *shop_ids, least=least, after=after)


async def test_every_answered_line_is_there_once_after_many_kills(tmp_path: Path) -> None:
    chance = random.Random(23)
    installation = await Installation.start(tmp_path)
    shops = [await installation.new_shop() for _ in range(4)]
    for shop_id in shops:
        await installation.shops.write(shop_id, _start_counting)
    await installation.stop()
    answered: dict[str, list[str]] = {shop_id: [] for shop_id in shops}
    for kill in range(KILLS):
        writing = shops if kill % 2 else shops[:2]  # more shops than places, or fewer
        after = chance.uniform(0, 0.2)
        for line in written_until_killed(tmp_path, "write", *writing, after=after, least=12):
            shop_id, line_id = line.split()
            answered[shop_id].append(line_id)
        await _prove(tmp_path, answered)
    assert all(answered.values())
    assert sum(len(line_ids) for line_ids in answered.values()) >= 12 * KILLS


async def test_every_answered_shop_is_there_whole_after_many_kills(tmp_path: Path) -> None:
    chance = random.Random(11)
    births = 0
    for n in range(8):
        data = tmp_path / f"{n}"
        answered = written_until_killed(data, "create", after=chance.uniform(0, 0.2), least=n % 4)
        answered += written_until_killed(data, "create", after=chance.uniform(0, 0.2), least=2)
        installation = await Installation.start(data)
        known = await installation.control.read(all_shop_ids)
        assert set(answered) <= set(known)
        for shop_id in known:
            assert await installation.shops.check_file(shop_id) == []
        assert await installation.shops.read(await installation.new_shop(), lines) == []
        await installation.stop()
        births += len(answered)
    assert births >= 28


async def _prove(data: Path, answered: dict[str, list[str]]) -> None:
    installation = await Installation.start(data)
    for shop_id, line_ids in answered.items():
        kept = await installation.shops.read(shop_id, lines)
        assert len(kept) == len(set(kept)) == await installation.shops.read(shop_id, _counted)
        assert set(line_ids) <= set(kept)
        assert await installation.shops.check_file(shop_id) == []
    await installation.stop()


def _start_counting(tx: WriteTx) -> None:
    tx.execute(text("CREATE TABLE counted (n INTEGER)"))
    tx.execute(text("INSERT INTO counted VALUES (0)"))


def _counted(tx: ReadTx) -> int:
    return int(tx.scalar(text("SELECT n FROM counted")) or 0)
