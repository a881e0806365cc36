"""A notice on its way to a phone: sealed, signed, shown in the holder's language, told once."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from daftari.delivery.actions import notify
from daftari.delivery.rules import Notification, State
from daftari.identity.rules import Role

DIGEST = Notification(
    "digest", "digest:2026-11-23", "/due", "digest", {"due": 3, "late": 2, "badge": 5}
)


async def test_the_phone_shows_how_many_are_due(office, service):
    phone = service.phone()
    await office.add_phone(phone)
    await office.write(notify, office.clock.now(), DIGEST)
    await office.work()
    (received,) = service.inbox
    assert not service.refused
    shown = received.content["notification"]
    assert (shown["title"], shown["body"]) == ("مستحق اليوم: 3 زبائن", "متأخر: زبونان")
    assert (shown["lang"], shown["dir"]) == ("ar", "rtl")
    assert shown["navigate"] == f"{office.settings.origin}/s/{office.shop_id}/due"
    assert (received.content["web_push"], received.content["app_badge"]) == (8030, 5)
    (row,) = await office.rows()
    assert (row.state, row.provider_id, row.attempts) == (State.ACCEPTED, "1", 1)


async def test_the_same_digest_is_told_once_however_often_it_is_planned(office, service):
    await office.add_phone(service.phone())
    for _ in range(3):
        await office.write(notify, office.clock.now(), DIGEST)
        await office.work()
    assert len(service.inbox) == 1


async def test_each_phone_is_told_in_its_holders_language(office, service):
    karim = await office.hire(Role.CASHIER, language="en")
    phones = service.phone(), service.phone(), service.phone()
    await office.add_phone(phones[0])
    await office.add_phone(phones[1])
    await office.add_phone(phones[2], await office.sign_in(karim))
    assert await office.write(notify, office.clock.now(), DIGEST) == 3
    await office.work()
    titles = {one.phone: one.content["notification"]["title"] for one in service.inbox}
    assert [titles[phone.endpoint] for phone in phones] == [
        "مستحق اليوم: 3 زبائن",
        "مستحق اليوم: 3 زبائن",
        "Due today: 3 customers",
    ]


async def test_a_phone_that_signed_out_is_told_nothing_and_forgotten(office, service):
    session = await office.sign_in()
    phone_id = await office.add_phone(service.phone(), session)
    await office.write(notify, office.clock.now(), DIGEST)
    await office.sign_out(session)
    await office.work()
    assert service.asked == []
    (row,) = await office.rows()
    assert (row.state, row.reason) == (State.CANCELLED, "phone_signed_out")
    assert await office.write(notify, office.clock.now(), _other(phone_id)) == 0


async def test_whoever_no_longer_works_here_is_told_nothing(office, service):
    karim = await office.hire(Role.MANAGER)
    await office.add_phone(service.phone(), await office.sign_in(karim))
    await office.write(notify, office.clock.now(), DIGEST)
    gone = text("UPDATE memberships SET ended_at = created_at WHERE person_id = :person")
    await office.databases.control.write(lambda tx: tx.execute(gone, {"person": karim.id}))
    await office.work()
    assert service.asked == []


async def test_a_phone_whose_sign_in_ran_out_is_told_nothing(office, service):
    await office.add_phone(service.phone())
    office.clock.move(days=31)
    await office.write(notify, office.clock.now(), DIGEST)
    await office.work()
    assert service.asked == []


async def test_a_notice_that_is_too_late_is_not_told(office, service):
    await office.add_phone(service.phone())
    now = office.clock.now()
    late = Notification(
        "digest", "d", "/due", "digest", {"due": 1}, expires_at=now + timedelta(hours=1)
    )
    await office.write(notify, now, late)
    office.clock.move(hours=2)
    await office.work()
    (row,) = await office.rows()
    assert (row.state, row.reason, service.asked) == (State.CANCELLED, "too_late", [])


async def test_the_service_keeps_it_no_longer_than_it_is_good(office, service):
    await office.add_phone(service.phone())
    now = office.clock.now()
    notice = Notification(
        "digest", "d", "/due", "digest", {"due": 1}, expires_at=now + timedelta(hours=8)
    )
    await office.write(notify, now, notice)
    await office.work()
    headers = service.inbox[0].headers
    assert (headers["ttl"], headers["urgency"]) == ("28800", "normal")
    assert len(headers["topic"]) == 32


@pytest.mark.parametrize("status", [404, 410])
async def test_a_phone_that_is_gone_is_forgotten(office, service, status):
    await office.add_phone(service.phone(says=status))
    await office.write(notify, office.clock.now(), DIGEST)
    await office.work()
    (row,) = await office.rows()
    assert (row.state, row.reason) == (State.FAILED, "phone_gone")
    assert await office.write(notify, office.clock.now(), _other("again")) == 0


@pytest.mark.parametrize("place", ["http://[::1", "http://a:b:c/", "\x7f", ""])
async def test_an_odd_place_is_no_reason_to_doubt_the_answer(office, service, place):
    await office.add_phone(service.phone(says=200, Location=place))
    await office.write(notify, office.clock.now(), DIGEST)
    await office.work()
    (row,) = await office.rows()
    assert (row.state, row.provider_id) == (State.ACCEPTED, None)


async def test_a_busy_service_is_left_alone_for_as_long_as_it_asks(office, service):
    phone = service.phone(says=429, **{"Retry-After": "1800"})
    await office.add_phone(phone)
    await office.write(notify, office.clock.now(), DIGEST)
    await office.work()
    (row,) = await office.rows()
    assert (row.state, row.reason) == (State.READY, "provider_busy")
    assert row.not_before == office.clock.now() + timedelta(minutes=30)
    office.clock.move(minutes=29)
    await office.work()
    assert len(service.asked) == 1
    phone.says = 201
    office.clock.move(minutes=1)
    await office.work()
    assert len(service.inbox) == 1


def _other(dedupe: str) -> Notification:
    return Notification("digest", dedupe, "/due", "digest", {"due": 1})
