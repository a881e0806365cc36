"""The demo's story is believable, and told the same way twice."""

from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest

from daftari.cli.demo_story import Scene, tell
from daftari.customers.rules import LONGEST, CustomerRole
from daftari.customers.rules.commands import AddCustomer
from daftari.kernel.ids import is_id
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.exchange import agrees
from daftari.ledger.rules.goods import sum_of
from daftari.ledger.rules.kinds import Kind

TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def story() -> list[Scene]:
    return tell(1, 60, 24, TODAY)


def commands(story, kind):
    return [scene.command for scene in story if isinstance(scene.command, kind)]


def test_the_same_seed_tells_the_same_story_and_another_another(story):
    assert tell(1, 60, 24, TODAY) == story
    assert tell(2, 60, 24, TODAY) != story


@pytest.mark.parametrize(("customers", "entries_each"), [(1, 0), (1, 1), (7, 3), (200, 2)])
def test_it_is_as_long_as_was_asked_for(customers, entries_each):
    story = tell(1, customers, entries_each, TODAY)
    assert len(commands(story, AddCustomer)) == customers
    assert len(story) == customers * (1 + entries_each)


def test_every_id_is_an_id_of_its_own(story):
    ids = [scene.command.id for scene in story]
    assert all(map(is_id, ids))
    assert len(set(ids)) == len(ids)


def test_it_runs_forward_and_ends_before_today_with_each_customer_known_first(story):
    moments = [scene.at for scene in story]
    assert moments == sorted(moments)
    assert moments[-1] < TODAY
    assert (TODAY - moments[0]).days > 60
    known = set()
    for scene in story:
        if isinstance(scene.command, AddCustomer):
            known.add(scene.command.id)
        elif isinstance(scene.command, RecordEntry):
            assert scene.command.customer_id in known


def test_all_that_happens_in_a_shop_happens(story):
    kinds = Counter(command.kind for command in commands(story, RecordEntry))
    assert {Kind.DEBT, Kind.PAYMENT, Kind.OPENING, Kind.DISCOUNT} <= kinds.keys()
    assert kinds[Kind.DEBT] > kinds[Kind.PAYMENT] > 100
    assert commands(story, ReverseEntry)


def test_some_debts_tell_their_goods_and_some_payments_are_in_dollars(story):
    written = commands(story, RecordEntry)
    with_goods = [command for command in written if command.goods]
    assert 0.05 < len(with_goods) / len(written) < 0.3
    assert all(command.amount_minor == sum_of(command.goods) for command in with_goods)
    in_dollars = [command for command in written if command.exchange]
    assert 3 < len(in_dollars) < len(written) / 20
    for command in in_dollars:
        assert agrees(command.amount_minor, command.currency, command.exchange)


def test_half_of_the_neighbours_with_a_phone_agreed_to_messages(story):
    with_phone = [command for command in commands(story, AddCustomer) if command.details.phone]
    agreed = [command for command in with_phone if command.agreed]
    assert 0.3 < len(agreed) / len(with_phone) < 0.7
    assert all(command.details.role is CustomerRole.CUSTOMER for command in agreed)


def test_a_line_is_taken_back_once_and_only_after_it_was_written(story):
    written = set()
    for scene in story:
        if isinstance(scene.command, ReverseEntry):
            written.remove(scene.command.entry_id)
        elif isinstance(scene.command, RecordEntry):
            written.add(scene.command.id)


def test_people_have_names_of_their_own_and_some_are_suppliers(story):
    people = [command.details for command in commands(story, AddCustomer)]
    assert len({details.name for details in people}) == len(people)
    assert 0 < sum(details.role is CustomerRole.SUPPLIER for details in people) < len(people) / 5
    assert any(details.nickname.startswith("أبو ") for details in people)
    assert all(len(details.name) <= LONGEST["name"] for details in people)
    assert all(len(details.nickname) <= LONGEST["nickname"] for details in people)


def test_some_have_settled_some_owe_and_some_paid_ahead(story):
    balances = defaultdict(int)
    for command in commands(story, RecordEntry):
        grows = command.kind in (Kind.DEBT, Kind.OPENING)
        balances[command.customer_id] += command.amount_minor if grows else -command.amount_minor
    assert all(command.amount_minor > 0 for command in commands(story, RecordEntry))
    signs = Counter((balance > 0) - (balance < 0) for balance in balances.values())
    assert signs.keys() == {-1, 0, 1}
    assert signs[1] > signs[0]
