"""Any network, any order: three phones of two people, and a server that is stopped and started.

Hypothesis plays the network. Batches arrive twice, late, shuffled, a week later; answers are lost;
the program starts anew between any two steps. What the machine knows of the book is what the server
answered, also where the phone never heard it.
"""

import asyncio
import random
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from litestar import Litestar

from daftari.app import create_app
from daftari.identity.rules import Role
from daftari.kernel.ids import new_id
from daftari.ledger.jobs import verify_shop
from daftari.offline.actions import sync
from daftari.settings import Settings
from tests.integration.conftest import ORIGIN, OWN_PAGE, StandingClock, live
from tests.integration.ledger.shop_client import ShopClient, hire, open_for
from tests.integration.offline.phone import Phone

FEW = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
GENERATED = settings(
    FEW, max_examples=100, phases=[Phase.generate], derandomize=True, print_blob=False
)
PHONES = st.integers(0, 2)
MADE = tempfile.TemporaryDirectory(prefix="daftari-any-network-")


def settings_in(data: Path) -> Settings:
    return Settings(data=data, origin=ORIGIN, master_key_file=data / "master.key", reserve_bytes=0)


@cache
def program() -> Litestar:
    """Put together once, which takes longer than a story. Between two lives it keeps nothing but
    how often somebody has called, and `AnyNetwork.start` takes that too.
    """
    return create_app(settings_in(Path(MADE.name)))


async def begin(app: Litestar) -> tuple[asyncio.Task[None], asyncio.Event]:
    """The program, alive until the event is set."""
    started, ended = asyncio.Event(), asyncio.Event()
    life = asyncio.create_task(live(app, started, ended))
    await started.wait()
    return life, ended


def visitor(app: Litestar, cookies: httpx.Cookies | None = None) -> httpx.AsyncClient:
    endpoint = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=endpoint, base_url=ORIGIN, headers=OWN_PAGE, cookies=cookies)


@cache
def beginning() -> tuple[Path, list[ShopClient]]:
    """A shop with nobody in its book; Umm Salim is signed in on two phones, Karim on one."""
    data = Path(MADE.name) / "data"

    async def make() -> list[ShopClient]:
        app = create_app(settings_in(data), clock=StandingClock())
        async with app.lifespan():
            owner = await open_for(app, visitor(app), "أم سليم", "بقالة النور")
            return [owner, owner, await hire(app, visitor(app), owner.home, Role.CASHIER)]

    return data, asyncio.run(make())


@dataclass(slots=True)
class Queue(Phone):
    """A phone with what it has not heard of yet, and what it was told of the rest."""

    waiting: list[dict] = field(default_factory=list)
    outcome: dict[str, str] = field(default_factory=dict)
    carried: dict[str, dict] = field(default_factory=dict)
    version: int | None = None

    def take(self, told: dict) -> None:
        """What changed since stands over the old; a whole book instead of it."""
        news = {one["id"]: one for one in told["customers"]}
        self.carried = news if told["is_whole"] else self.carried | news
        self.version = told["version"]

    def hear(self, answers: list[dict]) -> None:
        """Only the ids the server names change their state; what is deferred waits on."""
        final = {a["id"]: a["answer"] for a in answers if a["answer"] != "deferred"}
        self.outcome |= final
        self.waiting = [item for item in self.waiting if item["id"] not in final]


class AnyNetwork(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        data, shop_clients = beginning()
        self.folder = tempfile.TemporaryDirectory(prefix="daftari-phones-")
        self.data = Path(self.folder.name) / "data"
        shutil.copytree(data, self.data)
        self.runner = asyncio.Runner()
        self.clock = StandingClock()
        self.phones = [Queue(replace(shop_client)) for shop_client in shop_clients]
        self.made: dict[str, dict] = {}
        self.sent: list[tuple[int, list[dict]]] = []
        self.written: dict[str, dict] = {}
        self.names: dict[str, str] = {}
        self.start()
        self.a_customer_comes(0)

    def start(self) -> None:
        self.app = program()
        self.app.state.settings, self.app.state.clock = settings_in(self.data), self.clock
        self.runner.run(self.app.state.visits.delete_all())
        self.life, self.ended = self.runner.run(begin(self.app))
        for phone in self.phones:
            browser = visitor(self.app, phone.shop_client.browser.cookies)
            phone.shop_client = replace(phone.shop_client, browser=browser)

    def stop(self) -> None:
        self.ended.set()
        self.runner.run(asyncio.wait_for(self.life, 10))

    def write_down(self, phone: int, item: dict) -> None:
        self.phones[phone].waiting.append(item)
        self.made[item["id"]] = item

    def those(self, verb: str) -> list[str]:
        return [one["id"] for one in self.made.values() if one["verb"] == verb]

    @rule(phone=PHONES)
    def somebody_new_comes(self, phone):
        self.a_customer_comes(phone)

    def a_customer_comes(self, phone: int) -> None:
        said = {"name": f"زبون {len(self.made)}", "same_name_ok": True}
        self.write_down(phone, self.phones[phone].item("add_customer", **said))

    @rule(
        phone=PHONES,
        data=st.data(),
        minor=st.integers(-1, 40),
        kind=st.sampled_from(["debt", "debt", "payment"]),
    )
    def somebody_buys_or_pays(self, phone, data, minor, kind):
        if customers := self.those("add_customer"):
            customer = data.draw(st.sampled_from(customers))
            self.write_down(phone, self.phones[phone].debt(customer, minor, kind=kind))

    @rule(phone=PHONES, data=st.data())
    def a_mistake_is_reversed(self, phone, data):
        if lines := self.those("record_entry"):
            line = data.draw(st.sampled_from(lines))
            self.write_down(phone, self.phones[phone].reversal(line))

    @rule(phone=PHONES, order=st.randoms(use_true_random=False), most=st.integers(1, 12))
    def a_batch_is_heard(self, phone, order, most):
        self.phones[phone].hear(self.send(phone, self.some(phone, order, most)))

    @rule(phone=PHONES, order=st.randoms(use_true_random=False), most=st.integers(1, 12))
    def the_answer_is_lost(self, phone, order, most):
        self.send(phone, self.some(phone, order, most))

    @rule(phone=PHONES)
    def the_book_is_carried(self, phone):
        self.carry(self.phones[phone])

    def carry(self, phone: Queue) -> None:
        phone.take(self.runner.run(phone.snapshot(after=phone.version)))

    @rule(data=st.data())
    def an_old_batch_arrives_again(self, data):
        if self.sent:
            self.send(*data.draw(st.sampled_from(self.sent)))

    @rule(data=st.data(), minor=st.integers(50, 60))
    def a_known_item_says_something_else(self, data, minor):
        lines = [item for item in self.written.values() if item["verb"] == "record_entry"]
        if lines:
            line = data.draw(st.sampled_from(lines)) | {"amount_minor": minor}
            phone = next(p for p in self.phones if p.shop_client.person_id == line["user"])
            (answer,) = self.runner.run(phone.sync(line))["answers"]
            assert answer["answer"] == "conflict"

    @rule(phone=PHONES, order=st.randoms(use_true_random=False))
    def a_queue_is_sent_by_the_other_person(self, phone, order):
        stranger = self.phones[0 if phone == 2 else 2]
        items = self.some(phone, order, 5)
        answers = self.runner.run(stranger.sync(*items))["answers"]
        assert {a["reason"] for a in answers} <= {"other_person"}

    @rule()
    def the_server_starts_anew(self):
        self.stop()
        self.start()

    @rule(days=st.integers(0, 2), phone=PHONES, off=st.integers(-3000, 3000))
    def time_goes_on_and_a_clock_goes_wrong(self, days, phone, off):
        self.clock.move(days=days / 4)
        self.phones[phone].clock = self.clock.at + timedelta(days=off)

    def some(self, phone: int, order: random.Random, most: int) -> list[dict]:
        """Some of what waits, in any order, some of it twice."""
        waiting = self.phones[phone].waiting
        chosen = order.sample(waiting, min(most, len(waiting)))
        return chosen + [item for item in chosen if order.random() < 0.2]

    def send(self, phone: int, items: list[dict]) -> list[dict]:
        """What the server answers; every promise of a single answer is looked at here."""
        answers = self.runner.run(self.phones[phone].sync(*items))["answers"]
        self.sent.append((phone, items))
        for item, answer in zip(items, answers, strict=True):
            was = item["id"] in self.written
            assert answer["id"] == item["id"]
            assert answer["answer"] != "conflict"
            assert not was or answer["answer"] == "known"
            if answer["answer"] == "written":
                self.written[item["id"]] = item
                if item["verb"] == "add_customer":
                    self.names[item["id"]] = item["name"]
        return answers

    def teardown(self) -> None:
        """At rest: everything that can be is in the book, once, and all phones see the same."""
        try:
            self.drain()
            self.look_at_the_book()
        finally:
            self.stop()
            self.runner.close()
            self.folder.cleanup()

    def drain(self) -> None:
        for _ in range(4):
            for number, phone in enumerate(self.phones):
                for start in range(0, len(phone.waiting), 50):
                    phone.hear(self.send(number, phone.waiting[start : start + 50]))
        left = [item for phone in self.phones for item in phone.waiting]
        heard = {i: o for phone in self.phones for i, o in phone.outcome.items()}
        refused = {i for i, outcome in heard.items() if outcome == "refused"}
        assert all(item["entry_id"] in refused for item in left)
        settled = refused | self.written.keys() | {item["id"] for item in left}
        undone = {item.get("entry_id") for item in self.written.values()} - {None}
        rest = [item for item_id, item in self.made.items() if item_id not in settled]
        gone = [item["verb"] for item in rest if item.get("entry_id") not in undone]
        assert not gone, f"{gone} vanished"

    def look_at_the_book(self) -> None:
        owner = self.runner.run(self.phones[0].snapshot())
        seen = {one["id"]: one for one in owner["customers"]}
        for phone in self.phones:
            self.carry(phone)
            assert phone.carried == seen
        assert {one: told["name"] for one, told in seen.items()} == self.names
        assert {i: o["balances"] for i, o in seen.items() if "balances" in o} == self.balances()
        shop_id, state = owner["shop"]["id"], self.app.state
        ids = self.runner.run(state.shops.read(shop_id, _entry_ids))
        lines = [i for i, item in self.written.items() if "customer" not in item["verb"]]
        assert sorted(ids) == sorted(lines)
        proof = self.runner.run(verify_shop(state.shops, state.control, shop_id))
        assert proof.faults == ()

    def balances(self) -> dict[str, dict[str, int]]:
        """The sums of what was written, by nothing but the items' own words."""
        sums: dict[str, int] = defaultdict(int)
        for item in self.written.values():
            line, sign = item, 1
            if item["verb"] == "reverse_entry":
                line, sign = self.made[item["entry_id"]], -1
            if line["verb"] == "record_entry":
                grows = 1 if line["kind"] == "debt" else -1
                sums[line["customer_id"]] += sign * grows * line["amount_minor"]
        return {customer: {"SAR": minor} for customer, minor in sums.items() if minor}


def _entry_ids(tx) -> list[str]:
    return list(tx.exec_driver_sql("SELECT id FROM entries").scalars())


TestAnyNetwork = AnyNetwork.TestCase
TestAnyNetwork.settings = FEW


def _an_entry_gets_an_id_of_its_own(monkeypatch):
    real = sync.record_new_entry

    def anew(tx, member, at, command, **more):
        return real(tx, member, at, replace(command, id=new_id()), **more)

    monkeypatch.setattr(sync, "record_new_entry", anew)


def _the_last_item_is_answered_and_not_written(monkeypatch):
    real = sync._attempt

    def forgetful(context, item):
        if isinstance(item, sync.EntryItem) and item.amount_minor % 3 == 0:
            return sync.Verdict(item.id, sync.Answer.WRITTEN)
        return real(context, item)

    monkeypatch.setattr(sync, "_attempt", forgetful)


def _another_persons_items_are_written(monkeypatch):
    from daftari.offline.forms import items

    monkeypatch.setattr(items, "stranger", lambda *_: None)


def _a_phone_takes_waiting_for_done(monkeypatch):
    real = Queue.hear

    def forgetful(self, answers):
        real(self, answers)
        heard = {a["id"] for a in answers}
        self.waiting = [item for item in self.waiting if item["id"] not in heard]

    monkeypatch.setattr(Queue, "hear", forgetful)


def _a_phone_takes_the_whole_batch_for_done(monkeypatch):
    real = AnyNetwork.some

    def forgetful(self, phone, order, most):
        chosen = real(self, phone, order, most)
        queue = self.phones[phone]
        queue.waiting = [item for item in queue.waiting if item not in chosen]
        return chosen[1:]

    monkeypatch.setattr(AnyNetwork, "some", forgetful)


def _a_snapshot_forgets_what_was_carried(monkeypatch):
    def forgetful(self, told):
        self.carried = {one["id"]: one for one in told["customers"]}
        self.version = told["version"]

    monkeypatch.setattr(Queue, "take", forgetful)


@pytest.mark.parametrize(
    "plant",
    [
        _an_entry_gets_an_id_of_its_own,
        _the_last_item_is_answered_and_not_written,
        _another_persons_items_are_written,
        _a_phone_takes_waiting_for_done,
        _a_phone_takes_the_whole_batch_for_done,
        _a_snapshot_forgets_what_was_carried,
    ],
)
def test_a_planted_mistake_would_be_found(monkeypatch, plant):
    plant(monkeypatch)
    with pytest.raises((AssertionError, KeyError)):
        run_state_machine_as_test(AnyNetwork, settings=GENERATED)
