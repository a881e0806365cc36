"""A migration rebuilds tables to which others refer, or changes nothing."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from daftari.db import migrate
from daftari.db.base import ReadTx
from daftari.db.engine import ForeignKeysBroken
from daftari.ledger.rules.kinds import Kind
from tests.integration.db.rebuilding import FULL, counts, fill, later_release, schema
from tests.integration.ledger.support import Installation, open_installation


@pytest.fixture
async def installation(tmp_path: Path) -> AsyncIterator[Installation]:
    async with open_installation(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """`released(ending)`: from now on this program is the later release."""

    def release(ending: str = "pass") -> None:
        place = later_release(tmp_path / "migrations", ending)
        monkeypatch.setattr(migrate, "folder", lambda family: place / family)
        migrate.head.cache_clear()

    yield release
    monkeypatch.undo()
    migrate.head.cache_clear()


async def test_a_full_shop_is_rebuilt_and_right(
    installation: Installation, released: Callable[..., None]
) -> None:
    shop_id, shops = await fill(installation), installation.databases.shops
    before = await shops.read(shop_id, counts)
    made = await shops.read(shop_id, schema)
    assert all(before[name] for name in FULL)
    assert ("trigger", "entries_refuse_update", "entries") in made
    await shops.close()

    released()
    head = migrate.head(migrate.Family.SHOP)
    assert await shops.migrate(shop_id) == (head - 1, head)
    assert await shops.read(shop_id, counts) == before
    assert await shops.read(shop_id, schema) == made
    assert await shops.read(shop_id, _ranks) == {7}
    proof = await installation.proof(shop_id)
    assert (proof.entries, proof.faults) == (before["entries"], ())
    assert await shops.check_file(shop_id) == []


async def test_a_rebuilt_book_refuses_changes_and_unknown_customers(
    installation: Installation, released: Callable[..., None]
) -> None:
    shop_id, shops = await fill(installation), installation.databases.shops
    customer_id = await shops.read(shop_id, lambda tx: tx.scalar(text("SELECT id FROM customers")))
    await shops.close()
    released()
    for statement in ("DELETE FROM entries", "UPDATE entries SET kind = 'payment'"):
        with pytest.raises(IntegrityError, match="append-only"):
            await shops.write(shop_id, lambda tx, sql=statement: tx.execute(text(sql)))
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        await shops.write(shop_id, lambda tx: tx.execute(text("DELETE FROM customers")))
    await installation.entry(shop_id, customer_id, Kind.DEBT, 100)
    assert (await installation.proof(shop_id)).faults == ()


async def test_a_migration_that_leaves_rows_without_their_customer_is_rolled_back(
    installation: Installation, released: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop_id, shops = await fill(installation), installation.databases.shops
    before = await shops.read(shop_id, counts)
    await shops.close()
    released("op.execute('DELETE FROM customers')")
    with pytest.raises(ForeignKeysBroken, match="entries → customers"):
        await shops.migrate(shop_id)

    monkeypatch.undo()
    migrate.head.cache_clear()
    assert await shops.read(shop_id, counts) == before
    assert (await installation.proof(shop_id)).faults == ()


async def test_foreign_keys_are_enforced_again_after_a_migration(
    installation: Installation, released: Callable[..., None]
) -> None:
    shop_id, shops = await fill(installation), installation.databases.shops
    await shops.close()
    released()
    assert await shops.read(shop_id, lambda tx: tx.scalar(text("PRAGMA foreign_keys"))) == 1


def _ranks(tx: ReadTx) -> set[int]:
    return set(tx.scalars(text("SELECT rank FROM customers")))
