"""The loop: which shops it opens, when, and what it leaves to the next."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select, text

from daftari.db.connection import StorageFull
from daftari.db.shops import ShopDamaged
from daftari.delivery.actions import notify
from daftari.delivery.rules import Notification, State
from daftari.identity.actions.wakeups import claim_due, wake, wake_unvisited
from daftari.identity.tables import wakeups
from daftari.kernel.clock import civil_date, moment_of
from daftari.kernel.ids import new_id
from daftari.worker import Worker
from tests.integration.delivery.conftest import open_shop_of

NOTICE = Notification("digest", "digest:1", "/due", "digest", {"due": 3})


class Diary:
    """A job that writes down which shops were visited, and wants to come when it is told to."""

    def __init__(self, again: timedelta | None = timedelta(days=1)) -> None:
        self.visits: list[str] = []
        self.again = again

    async def visit(self, shop, at):
        self.visits.append(shop.id)
        return at + self.again if self.again else None


async def _shops(office, how_many: int) -> list[str]:
    return [
        await open_shop_of(office.databases, replace(office.umm_salim, id=new_id()), f"متجر {n}")
        for n in range(how_many)
    ]


async def _wakeup(office, shop_id: str):
    asked = select(wakeups).where(wakeups.c.shop_id == shop_id)
    return await office.databases.control.read(lambda tx: tx.execute(asked).one_or_none())


async def test_only_shops_that_are_due_are_opened(office):
    shops = await _shops(office, 30)
    worker, diary = Worker(office.databases, office.clock, []), Diary()
    worker.jobs = [diary.visit]
    assert await worker.run_once() == 31  # nobody was there yet
    assert sorted(diary.visits) == sorted([office.shop_id, *shops])
    diary.visits.clear()
    office.clock.move(hours=1)
    assert await worker.run_once() == 0
    for shop_id in shops[:4]:
        await office.databases.control.write(wake, shop_id, office.clock.now())
    office.clock.move(seconds=1)
    assert await worker.run_once() == 4
    assert sorted(diary.visits) == sorted(shops[:4])


async def test_the_earliest_wish_is_the_next_wakeup(office):
    soon, late, never = Diary(timedelta(hours=2)), Diary(timedelta(days=3)), Diary(None)
    jobs = [late.visit, soon.visit, never.visit]
    await Worker(office.databases, office.clock, jobs).run_once()
    assert (await _wakeup(office, office.shop_id)).at == office.clock.now() + timedelta(hours=2)


async def test_whoever_wants_nothing_is_left_alone_until_something_is_written(office):
    diary = Diary(None)
    worker = Worker(office.databases, office.clock, [diary.visit])
    await worker.run_once()
    office.clock.move(days=900)
    assert await worker.run_once() == 0
    await office.enqueue()
    assert await worker.run_once() == 1


async def test_what_is_asked_for_during_a_visit_is_not_forgotten_at_its_end(office):
    async def asked_meanwhile(shop, at):
        diary.visits.append(shop.id)
        if len(diary.visits) == 1:
            await office.databases.control.write(wake, shop.id, at)
        return at + timedelta(days=1)

    diary = Diary()
    await Worker(office.databases, office.clock, [asked_meanwhile]).run_once()
    assert len(diary.visits) == 2
    assert (await _wakeup(office, office.shop_id)).at == office.clock.now() + timedelta(days=1)


async def test_a_shop_another_worker_is_at_is_not_visited(office):
    now, control = office.clock.now(), office.databases.control
    await control.write(wake_unvisited, now)
    ((shop_id, _),) = await control.write(claim_due, now, 10)
    assert shop_id == office.shop_id
    diary = Diary()
    worker = Worker(office.databases, office.clock, [diary.visit])
    assert await worker.run_once() == 0
    office.clock.move(minutes=4, seconds=59)
    assert await worker.run_once() == 0
    office.clock.move(seconds=1)  # the other one is gone
    assert await worker.run_once() == 1


async def test_a_claim_of_a_clock_that_was_set_back_is_none(office):
    now, control = office.clock.now(), office.databases.control
    await control.write(wake_unvisited, now - timedelta(days=2))
    await control.write(claim_due, now, 10)
    office.clock.move(days=-1)
    assert await Worker(office.databases, office.clock, [Diary().visit]).run_once() == 1


async def test_one_sick_shop_is_not_the_others_trouble(office):
    shops = await _shops(office, 3)

    async def visit(shop, at):
        if shop.id == shops[0]:
            raise ShopDamaged(shop.id)
        if shop.id == shops[1]:
            raise ZeroDivisionError
        return await diary.visit(shop, at)

    diary = Diary()
    await Worker(office.databases, office.clock, [visit]).run_once()
    assert sorted(diary.visits) == sorted([office.shop_id, shops[2]])
    for shop_id in shops[:2]:
        later = office.clock.now() + timedelta(hours=1)
        assert (await _wakeup(office, shop_id)).at == later


async def test_a_written_shop_is_looked_at_within_moments(office, service):
    """The loop as it runs in the program: a notice is on the phone before anybody asks again."""
    await office.add_phone(service.phone())
    async with office.worker() as worker:
        loop = asyncio.create_task(worker.run(seconds=0.05))
        await asyncio.sleep(0.3)
        await office.write(notify, office.clock.now(), NOTICE)
        async with asyncio.timeout(30):
            while not service.inbox:
                await asyncio.sleep(0.02)
        loop.cancel()
        await asyncio.wait([loop])
    (row,) = await office.rows()
    assert row.state == State.ACCEPTED


async def test_a_stopped_loop_finishes_what_is_under_way_and_hands_the_rest_on(
    office, service, hurried
):
    await office.add_phone(service.phone(says="hangs"))
    await office.write(notify, office.clock.now(), NOTICE)
    async with office.worker() as worker:
        loop = asyncio.create_task(worker.run(seconds=0.05))
        while not service.asked:
            await asyncio.sleep(0.02)
        loop.cancel()
        await office.enqueue(not_before=office.clock.now() + timedelta(hours=1))
        await asyncio.wait([loop])
    push, message = await office.rows()
    assert (push.state, push.reason) == (State.READY, "provider_silent")
    assert message.state == State.READY
    assert (await _wakeup(office, office.shop_id)).at <= office.clock.now()


async def test_a_full_disk_waits_and_loses_nothing(office, service, monkeypatch):
    await office.add_phone(service.phone())
    await office.write(notify, office.clock.now(), NOTICE)
    full = True

    def refuse_when_low(*_):
        if full:
            raise StorageFull

    monkeypatch.setattr(office.databases.storage, "refuse_when_low", refuse_when_low)
    async with office.worker() as worker:
        loop = asyncio.create_task(worker.run(seconds=0.02))
        await asyncio.sleep(0.5)
        assert not service.inbox
        full = False
        office.clock.move(hours=1, seconds=1)
        async with asyncio.timeout(30):
            while not service.inbox:
                await asyncio.sleep(0.02)
        loop.cancel()
        await asyncio.wait([loop])


async def test_a_shop_that_nobody_was_in_is_found_without_its_being_written(office):
    (shop_id,) = await _shops(office, 1)
    await Worker(office.databases, office.clock, [Diary().visit]).run_once()
    forget = text("DELETE FROM wakeups WHERE shop_id = :shop")
    await office.databases.control.write(lambda tx: tx.execute(forget, {"shop": shop_id}))
    diary = Diary()
    assert await Worker(office.databases, office.clock, [diary.visit]).run_once() == 1
    assert diary.visits == [shop_id]


@pytest.mark.parametrize(
    ("zone", "day", "hour", "moment"),
    [
        ("Africa/Cairo", date(2026, 4, 24), 0, datetime(2026, 4, 23, 22, tzinfo=UTC)),  # no 00:xx
        ("Africa/Cairo", date(2026, 4, 24), 9, datetime(2026, 4, 24, 6, tzinfo=UTC)),
        ("Africa/Cairo", date(2026, 4, 23), 9, datetime(2026, 4, 23, 7, tzinfo=UTC)),
        ("Africa/Cairo", date(2026, 10, 29), 23, datetime(2026, 10, 29, 20, tzinfo=UTC)),  # twice
        ("Africa/Cairo", date(2026, 10, 30), 0, datetime(2026, 10, 29, 22, tzinfo=UTC)),
        ("Asia/Beirut", date(2026, 3, 29), 0, datetime(2026, 3, 28, 22, tzinfo=UTC)),  # no 00:xx
        ("Asia/Beirut", date(2026, 10, 24), 23, datetime(2026, 10, 24, 20, tzinfo=UTC)),  # twice
        ("Asia/Riyadh", date(2026, 11, 23), 9, datetime(2026, 11, 23, 6, tzinfo=UTC)),
    ],
)
def test_an_hour_of_any_day_is_one_moment_of_that_day(zone, day, hour, moment):
    assert moment_of(day, time(hour), zone) == moment
    assert civil_date(moment, zone) == day


@pytest.mark.parametrize("zone", ["Africa/Cairo", "Asia/Beirut"])
def test_every_hour_of_a_year_comes_once_and_in_order(zone):
    days = [date(2026, 1, 1) + timedelta(n) for n in range(365)]
    for hour in range(24):
        moments = [moment_of(day, time(hour), zone) for day in days]
        assert moments == sorted(set(moments))
        gaps = {b - a for a, b in zip(moments, moments[1:], strict=False)}
        assert gaps <= {timedelta(hours=23), timedelta(hours=24), timedelta(hours=25)}
