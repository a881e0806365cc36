"""One hop: a unit of work runs whole in its file's own thread, all of it or nothing."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Integer, bindparam, column, event, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from daftari.db import connection
from daftari.db.base import ReadTx, WriteTx
from daftari.db.connection import FileBusy
from daftari.db.engine import WriteInRead
from daftari.db.shops import Shops
from tests.integration.db.support import Installation, lines, write_line


@pytest.fixture
async def grocery(installation: Installation) -> str:
    return await installation.new_shop()


async def test_a_unit_runs_in_the_files_own_thread_and_always_in_the_same(
    installation: Installation, grocery: str
) -> None:
    def where(tx: ReadTx) -> threading.Thread:
        return threading.current_thread()

    reader = await installation.shops.read(grocery, where)
    writer = await installation.shops.write(grocery, where)
    assert reader is writer
    assert reader is not threading.current_thread()


@pytest.mark.parametrize("rows", [2, bindparam("rows", 2, type_=Integer)], ids=["plain", "named"])
async def test_the_number_of_a_limit_is_not_bound_and_not_cached(
    installation: Installation, grocery: str, rows: Any
) -> None:
    """SQLite would prepare the statement anew at each execution."""
    numbers = text("SELECT 1 AS n UNION SELECT 2 UNION SELECT 3").columns(column("n", Integer))
    chosen = select(numbers.subquery()).limit(rows)
    fewer = select(numbers.subquery()).limit(1)
    said: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        found = [
            await installation.shops.read(grocery, lambda tx, one=one: len(tx.execute(one).all()))
            for one in (chosen, fewer, chosen)
        ]
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert found == [2, 1, 2]
    assert [one.rpartition("LIMIT ")[2] for one in said if "LIMIT" in one] == ["2", "1", "2"]


async def test_an_error_of_the_database_comes_as_sqlalchemys_own(
    installation: Installation, grocery: str
) -> None:
    await installation.shops.write(grocery, write_line, "one")
    with pytest.raises(IntegrityError):
        await installation.shops.write(grocery, write_line, "one")


async def test_what_a_unit_did_before_it_raised_is_undone_tables_too(
    installation: Installation, grocery: str
) -> None:
    def fail_halfway(tx: WriteTx) -> None:
        write_line(tx, "one")
        tx.execute(text("CREATE TABLE drawers (id INTEGER)"))
        raise KeyError("halfway")

    with pytest.raises(KeyError):
        await installation.shops.write(grocery, fail_halfway)
    tables = await installation.shops.read(
        grocery, lambda tx: tx.scalars(text("SELECT name FROM sqlite_master")).all()
    )
    assert "lines" in tables
    assert "drawers" not in tables
    assert await installation.shops.read(grocery, lines) == []


async def test_a_unit_that_writes_where_it_was_to_read_raises_and_leaves_nothing(
    installation: Installation, grocery: str
) -> None:
    def make_drawers(tx: ReadTx) -> None:
        tx.execute(text("CREATE TABLE drawers (id INTEGER)"))

    await installation.shops.write(grocery, write_line, "one")
    with pytest.raises(WriteInRead):
        await installation.shops.read(grocery, write_line, "two")
    await installation.shops.read(grocery, make_drawers)
    await installation.shops.write(grocery, write_line, "three")
    assert await installation.shops.read(grocery, lines) == ["one", "three"]
    await installation.shops.write(grocery, make_drawers)  # there is none yet


async def test_a_commit_that_fails_is_an_error_and_the_next_unit_starts_afresh(
    installation: Installation, grocery: str
) -> None:
    def make_drawers(tx: WriteTx) -> None:
        tx.execute(
            text("CREATE TABLE drawers (l TEXT REFERENCES lines DEFERRABLE INITIALLY DEFERRED)")
        )

    def refer_to_nothing(tx: WriteTx) -> None:
        write_line(tx, "one")
        tx.execute(text("INSERT INTO drawers VALUES ('nothing')"))

    await installation.shops.write(grocery, make_drawers)
    with pytest.raises(IntegrityError):
        await installation.shops.write(grocery, refer_to_nothing)
    await installation.shops.write(grocery, write_line, "two")
    assert await installation.shops.read(grocery, lines) == ["two"]


async def test_the_units_of_a_shop_stand_in_line(installation: Installation, grocery: str) -> None:
    inside = []

    def look_around(tx: WriteTx, line_id: str) -> None:
        inside.append(+1)
        count = len(lines(tx))
        write_line(tx, f"{count:03}")
        assert sum(inside) == 1
        inside.append(-1)

    units = (installation.shops.write(grocery, look_around, str(n)) for n in range(50))
    await asyncio.gather(*units)
    assert await installation.shops.read(grocery, lines) == [f"{n:03}" for n in range(50)]


async def test_a_request_given_up_leaves_the_shop_usable_and_its_unit_whole(
    installation: Installation, grocery: str
) -> None:
    def write_two(tx: WriteTx, n: int) -> None:
        write_line(tx, f"{n:03}a")
        write_line(tx, f"{n:03}b")

    leave = threading.Event()
    holding = asyncio.create_task(installation.shops.read(grocery, lambda tx: leave.wait(5)))
    tasks = [
        asyncio.create_task(installation.shops.write(grocery, write_two, n)) for n in range(60)
    ]
    await asyncio.sleep(0.02)
    for task in tasks[1::2]:
        task.cancel()
    leave.set()
    await holding
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    kept = await installation.shops.read(grocery, lines)
    assert [type(outcome) for outcome in outcomes[1::2]] == [asyncio.CancelledError] * 30
    assert outcomes[::2] == [None] * 30
    assert [line[:3] for line in kept[::2]] == [line[:3] for line in kept[1::2]]
    assert {f"{n:03}a" for n in range(0, 60, 2)} <= set(kept)
    assert not installation.shops._pool._leases


async def test_a_name_a_person_typed_stands_in_no_log_and_neither_does_a_key(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="aiosqlite")
    installation = await Installation.start(tmp_path / "data")
    shop_id = await installation.new_shop()
    await installation.shops.write(shop_id, write_line, "one", "Abu Ali")
    with pytest.raises(IntegrityError) as refused:
        await installation.shops.write(shop_id, write_line, "one", "Abu Ali")
    wrapped = await installation.control.read(
        lambda tx: tx.scalar(text("SELECT wrapped_key FROM shop_keys"))
    )
    await installation.stop()
    key = installation.master.unwrap(wrapped, shop_id)
    told = caplog.text + str(refused.value)
    assert "executing" in told
    for secret in (
        key,
        wrapped,
        installation.master.secret,
        installation.master.derived("control"),
    ):
        assert secret.hex() not in told.lower()
        assert repr(secret)[2:-1] not in told
    assert "Abu Ali" not in told


async def test_another_process_that_writes_is_waited_for(
    installation: Installation, grocery: str
) -> None:
    beside = await Installation.start(installation.data)
    entered, leave = threading.Event(), threading.Event()

    def hold(tx: WriteTx) -> None:
        write_line(tx, "theirs")
        entered.set()
        leave.wait(5)

    theirs = asyncio.create_task(beside.shops.write(grocery, hold))
    await asyncio.to_thread(entered.wait, 5)
    ours = asyncio.create_task(installation.shops.write(grocery, write_line, "ours"))
    await asyncio.sleep(0.2)
    assert not ours.done()
    leave.set()
    await asyncio.gather(theirs, ours)
    assert await installation.shops.read(grocery, lines) == ["ours", "theirs"]
    assert await beside.shops.check_file(grocery) == []
    await beside.stop()


async def test_the_book_can_be_read_and_checked_by_another_process_while_it_is_written(
    installation: Installation, grocery: str
) -> None:
    beside = await Installation.start(installation.data)

    async def write_on() -> None:
        for n in range(150):
            await installation.shops.write(grocery, write_line, f"{n:03}", "x" * 3000)

    writing = asyncio.create_task(write_on())
    complaints, seen = [], []
    while not writing.done():
        complaints += await beside.shops.check_file(grocery)
        seen.append(len(await beside.shops.read(grocery, lines)))
    await writing
    assert complaints == []
    assert seen == sorted(seen)
    assert len(set(seen)) > 1
    await beside.stop()


async def test_a_statement_that_makes_no_sense_is_an_error_not_damage(
    installation: Installation, grocery: str
) -> None:
    with pytest.raises(OperationalError):
        await installation.shops.read(grocery, lambda tx: tx.execute(text("SELECT nonsense")))
    assert await installation.shops.read(grocery, lines) == []


@asynccontextmanager
async def another_writer(installation: Installation, shop_id: str) -> AsyncIterator[None]:
    """Connections of their own, as a second process has them, in the middle of a write."""
    others = Shops(installation.control, installation.master, installation.storage, 2)
    holds, release = threading.Event(), threading.Event()

    def write_slowly(tx: WriteTx) -> None:
        write_line(tx, "theirs")
        holds.set()
        assert release.wait(30)

    writing = asyncio.create_task(others.write(shop_id, write_slowly))
    assert await asyncio.to_thread(holds.wait, 30)
    try:
        yield
    finally:
        release.set()
        await writing
        await others.close()


async def test_a_write_waits_for_another_process_and_reads_go_on(
    installation: Installation, grocery: str
) -> None:
    async with another_writer(installation, grocery):
        ours = asyncio.create_task(installation.shops.write(grocery, write_line, "ours"))
        for _ in range(5):
            assert await installation.shops.read(grocery, lines) == []
        assert not ours.done()
    await ours
    assert await installation.shops.read(grocery, lines) == ["ours", "theirs"]


async def test_a_write_that_waits_too_long_is_refused_and_leaves_nothing(
    installation: Installation, grocery: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_WITHIN", 0.1)
    async with another_writer(installation, grocery):
        with pytest.raises(FileBusy):
            await installation.shops.write(grocery, write_line, "ours")
        assert await installation.shops.read(grocery, lines) == []
    assert await installation.shops.read(grocery, lines) == ["theirs"]
