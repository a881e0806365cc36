"""A new shop is a copy of an empty template under a key of its own."""

import asyncio
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from daftari.db import migrate
from daftari.db.base import ReadTx, WriteTx, insert_new, put
from daftari.db.connection import FileDamaged, StorageFull
from daftari.db.keys import shop_keys
from daftari.db.migrate import Family
from daftari.db.shops import ShopUnknown
from daftari.kernel.ids import new_id
from tests.integration.db.support import Installation, keep_key, lines, write_line


async def test_a_new_shop_stands_at_the_newest_revision_and_is_sound(
    installation: Installation,
) -> None:
    shop_id = await installation.new_shop()
    head = migrate.head(Family.SHOP)
    assert await installation.shops.migrate(shop_id) == (head, head)
    assert await installation.shops.check_file(shop_id) == []
    assert await installation.shops.read(shop_id, lines) == []


async def test_no_shop_sees_what_another_wrote(installation: Installation) -> None:
    grocery, bakery = await installation.new_shop(), await installation.new_shop()
    await installation.shops.write(grocery, write_line, "of the grocery")
    assert await installation.shops.read(grocery, lines) == ["of the grocery"]
    assert await installation.shops.read(bakery, lines) == []


async def test_shops_born_at_once_share_one_template_and_leave_nothing_behind(
    installation: Installation,
) -> None:
    shops = await asyncio.gather(*(installation.new_shop() for _ in range(8)))
    assert len({await installation.shops.read(s, _schema) for s in shops}) == 1
    assert len(list(installation.data.glob("template-*.db"))) == 1
    assert list((installation.data / "unborn").iterdir()) == []


async def test_a_file_without_its_row_in_control_is_no_shop_and_can_be_born_again(
    installation: Installation,
) -> None:
    shop_id = new_id()
    await installation.shops.create(shop_id)
    assert installation.file(shop_id).exists()
    with pytest.raises(ShopUnknown):
        await installation.shops.read(shop_id, lines)
    wrapped = await installation.shops.create(shop_id)
    await installation.control.write(keep_key, shop_id, wrapped)
    assert await installation.shops.check_file(shop_id) == []


async def test_what_a_crash_left_unborn_is_cleaned_an_hour_later(
    installation: Installation,
) -> None:
    folder = installation.storage.unfinished().parent
    old, fresh = folder / "old.db", folder / "fresh.db-wal"
    for leftover in (old, fresh):
        leftover.write_bytes(b"half a shop")
    os.utime(old, (time.time() - 3700,) * 2)
    await installation.new_shop()
    assert not old.exists()
    assert fresh.exists()


async def test_a_damaged_template_is_made_anew(installation: Installation) -> None:
    await installation.new_shop()
    (template,) = installation.data.glob("template-*.db")
    template.write_bytes(bytes(template.stat().st_size))
    with pytest.raises(FileDamaged):
        await installation.shops.create(new_id())
    shop_id = await installation.new_shop()
    assert await installation.shops.check_file(shop_id) == []


async def test_with_too_little_room_no_shop_is_born(tmp_path: Path) -> None:
    full = await Installation.start(tmp_path / "data", reserve_bytes=2**62)
    with pytest.raises(StorageFull):
        await full.shops.create(new_id())
    assert not (full.data / "shops").exists()
    await full.stop()


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE entries SET amount_minor = 1",
        "UPDATE entries SET amount_minor = 1 WHERE sequence = 1",
        "DELETE FROM entries",
        "REPLACE INTO entries SELECT {changed} FROM entries",
        "INSERT OR REPLACE INTO entries SELECT {changed} FROM entries",
        "INSERT INTO entries SELECT {changed} FROM entries WHERE true "
        "ON CONFLICT DO UPDATE SET amount_minor = excluded.amount_minor",
        "UPDATE OR REPLACE entries SET id = id",
    ],
)
async def test_the_book_refuses_every_way_to_rewrite_an_entry(
    installation: Installation, act: str
) -> None:
    shop_id = await installation.new_shop()
    await installation.shops.write(shop_id, _one_entry)
    before = await installation.shops.read(shop_id, _entries)
    columns = await installation.shops.read(shop_id, _columns)
    changed = ", ".join("7" if column == "amount_minor" else column for column in columns)
    statement = text(act.format(changed=changed))
    with pytest.raises(DatabaseError, match="append-only"):
        await installation.shops.write(shop_id, lambda tx: tx.execute(statement))
    assert len(before) == 1
    assert await installation.shops.read(shop_id, _entries) == before


async def test_a_row_is_new_once_and_may_be_put_over_the_old_one(
    installation: Installation,
) -> None:
    row = {"shop_id": "one", "wrapped_key": b"a", "created_at": datetime.now(UTC)}
    assert await installation.control.write(insert_new, shop_keys, row)
    assert not await installation.control.write(insert_new, shop_keys, row)
    newer = put(shop_keys, "wrapped_key").values(row | {"wrapped_key": b"b"})
    await installation.control.write(lambda tx: tx.execute(newer))
    kept = await installation.control.read(lambda tx: tx.execute(shop_keys.select()).all())
    assert [(found.shop_id, found.wrapped_key) for found in kept] == [("one", b"b")]


def _schema(tx: ReadTx) -> str:
    return str(tx.scalar(text("SELECT group_concat(name) FROM sqlite_master")))


def _columns(tx: ReadTx) -> list[str]:
    return list(tx.scalars(text("SELECT name FROM pragma_table_info('entries')")).all())


def _entries(tx: ReadTx) -> list[tuple[object, ...]]:
    return [tuple(row) for row in tx.execute(text("SELECT * FROM entries"))]


def _one_entry(tx: WriteTx) -> None:
    """An entry of whatever columns the book has, straight into the table."""
    customer = _ones(tx, "customers")
    tx.execute(text(f"INSERT INTO customers VALUES ({customer})"))
    tx.execute(text(f"INSERT INTO entries VALUES ({_ones(tx, 'entries')})"))


def _ones(tx: ReadTx, table: str) -> str:
    """A value that fits for each column of `table`: 1 everywhere, also as the key."""
    return ", ".join("'1'" for _ in tx.execute(text(f"PRAGMA table_info({table})")))
