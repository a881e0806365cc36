"""Push services that misbehave, and names that point inside: each ends in a known way, in
the time of one attempt, and holds up nobody else."""

import asyncio
import socket
import time
from dataclasses import replace

import pytest

from daftari.delivery.actions import notify
from daftari.delivery.rules import Notification, State
from daftari.kernel.ids import new_id
from tests.integration.delivery.conftest import HURRIED_SECONDS, open_shop_of
from tests.push_service import Phone

NOTICE = Notification("digest", "digest:1", "/due", "digest", {"due": 3})


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("says", "state", "reason"),
    [
        (301, State.FAILED, "provider_moved"),
        (307, State.FAILED, "provider_moved"),
        (400, State.FAILED, "provider_refused"),
        (401, State.READY, "provider_knows_us_not"),
        (403, State.READY, "provider_knows_us_not"),
        (402, State.READY, "provider_unpaid"),
        (413, State.FAILED, "provider_refused"),
        (429, State.READY, "provider_busy"),
        (500, State.READY, "provider_failed"),
        (502, State.READY, "provider_failed"),
        (503, State.READY, "provider_busy"),
        ("garbage", State.READY, "provider_silent"),
        ("floods", State.READY, "provider_failed"),
    ],
)
async def test_a_bad_answer_has_its_outcome_and_the_other_phone_is_told(
    office, service, says, state, reason
):
    inside = {"Location": f"{service.origin}/push/inside"}
    bad, good = service.phone(says=says, **inside), service.phone()
    await office.add_phone(bad)
    await office.add_phone(good)
    await office.write(notify, office.clock.now(), NOTICE)
    await office.work()
    states = {row.state: row.reason for row in await office.rows()}
    assert states == {State.ACCEPTED: None, state: reason}
    assert [one.phone for one in service.inbox] == [good.endpoint]
    assert not any("inside" in path for path in service.asked), "a redirect was followed"


@pytest.mark.thorough
@pytest.mark.parametrize("how", ["hangs", "drips"])
async def test_a_service_that_never_ends_costs_one_attempt_once(office, service, hurried, how):
    """Seven phones of one slow service, and a good one: all of it in one go."""
    for _ in range(7):
        await office.add_phone(service.phone(says=how))
    await office.add_phone(service.phone())
    await office.write(notify, office.clock.now(), NOTICE)
    begun = time.monotonic()
    task = asyncio.create_task(office.work())
    while not service.inbox:
        await asyncio.sleep(0.05)
    assert not task.done(), "the good one was held up"
    await task
    assert time.monotonic() - begun < 7 * HURRIED_SECONDS, "they were asked one after another"
    states = [row.state for row in await office.rows()]
    assert sorted(states) == [State.ACCEPTED] + [State.READY] * 7


@pytest.mark.thorough
async def test_a_hanging_service_of_one_shop_does_not_hold_up_another(office, service, hurried):
    await office.add_phone(service.phone(says="hangs"))
    await office.write(notify, office.clock.now(), NOTICE)
    owner = replace(office.umm_salim, id=new_id(), name="هدى")
    bakery = await open_shop_of(office.databases, owner, "مخبز هدى")
    huda = replace(office, shop_id=bakery, umm_salim=owner)
    good = service.phone()
    await huda.add_phone(good)
    await huda.write(notify, office.clock.now(), NOTICE)
    task = asyncio.create_task(office.work())
    while not service.inbox:
        await asyncio.sleep(0.05)
    assert not task.done()
    await task


async def test_a_refused_connection_is_tried_again_later(office, service):
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    nobody = f"http://127.0.0.1:{port}"
    office.settings = replace(office.settings, push_hosts=(nobody,))
    await office.add_phone(Phone(f"{nobody}/push/x"))
    await office.write(notify, office.clock.now(), NOTICE)
    await office.work()
    (row,) = await office.rows()
    assert (row.state, row.reason) == (State.READY, "provider_unreachable")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.7"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["142.250.74.10", "127.0.0.1"],
    ],
)
async def test_a_known_name_that_points_inside_is_never_connected_to(
    office, monkeypatch, addresses
):
    """The name is right, the name server lies: the phone is forgotten and nothing is asked."""
    connections = _answer_names(monkeypatch, addresses)
    await office.add_phone(Phone("https://fcm.googleapis.com/fcm/send/x"))
    await office.write(notify, office.clock.now(), NOTICE)
    await office.work()
    (row,) = await office.rows()
    assert (row.state, row.reason, connections) == (State.FAILED, "push_points_inside", [])
    assert await office.write(notify, office.clock.now(), replace(NOTICE, dedupe="2")) == 0


async def test_the_connection_goes_to_the_address_that_was_judged(office, monkeypatch):
    """A name server that changes its mind is not asked a second time."""
    connections = _answer_names(monkeypatch, ["142.250.74.10"], ["127.0.0.1"])
    await office.add_phone(Phone("https://fcm.googleapis.com/fcm/send/x"))
    await office.write(notify, office.clock.now(), NOTICE)
    await office.work()
    (row,) = await office.rows()
    assert (row.state, row.reason) == (State.READY, "provider_unreachable")
    assert set(connections) == {("142.250.74.10", 443)}


async def test_a_name_that_is_not_there_is_tried_again(office, monkeypatch):
    _answer_names(monkeypatch)
    await office.add_phone(Phone("https://fcm.googleapis.com/fcm/send/x"))
    await office.write(notify, office.clock.now(), NOTICE)
    await office.work()
    (row,) = await office.rows()
    assert (row.state, row.reason) == (State.READY, "provider_unreachable")


async def test_what_is_no_push_service_any_more_is_never_asked(office, service):
    """The operator took the host out of the list after the phone had been added."""
    await office.add_phone(service.phone())
    await office.write(notify, office.clock.now(), NOTICE)
    await office.work(push_hosts=())
    (row,) = await office.rows()
    assert (row.state, row.reason, service.asked) == (State.FAILED, "push_service_unknown", [])


async def test_after_the_last_attempt_nobody_can_say(office, service):
    await office.add_phone(service.phone(says=500))
    await office.write(notify, office.clock.now(), NOTICE)
    for _ in range(12):
        await office.work()
        office.clock.move(hours=7)
    (row,) = await office.rows()
    assert (row.state, row.reason, row.attempts) == (State.UNKNOWN, "provider_failed", 8)
    assert len(service.asked) == 8


def _answer_names(monkeypatch, *answers: list[str]) -> list[tuple[str, int]]:
    """The far edge: what the name server says, one answer after the other, and who is connected
    to. No answer: there is no such name."""
    connections: list[tuple[str, int]] = []
    told = iter(answers)

    def getaddrinfo(host, port, *_, **__):
        if host != "fcm.googleapis.com":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        try:
            addresses = next(told)
        except StopIteration:
            raise socket.gaierror from None
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port or 0)) for one in addresses]

    async def connect(self, sock, address):
        connections.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(type(asyncio.get_running_loop()), "sock_connect", connect)
    return connections
