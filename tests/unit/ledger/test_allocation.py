"""Which payment covers which debt, as a table: first what falls due first."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daftari.ledger.rules.allocation import OpenBefore, Pair, replay
from daftari.ledger.rules.open_items import OpenItem, position, replay_order
from tests.chances import examples
from tests.unit.ledger.second_opinion import Fact, covered, left_open

FIRST_DAY = date(2026, 11, 1)


def on(day):
    return None if day is None else FIRST_DAY + timedelta(days=day)


def item(sequence, effect, day=0, due=None, for_id=None):
    return OpenItem(sequence, f"id-{sequence}", on(day), on(due), effect, 0, for_id)


def left(replayed):
    return {one.sequence: one.remaining_minor for one in replayed.items.values()}


CASES = {
    "nothing": ([], {}, {}),
    "a debt alone stays open": ([item(1, 50)], {}, {1: 50}),
    "a payment alone is an advance": ([item(1, -50)], {}, {1: 50}),
    "a payment covers a debt whole": ([item(1, 50), item(2, -50)], {(2, 1): 50}, {1: 0, 2: 0}),
    "a payment covers a debt in part": ([item(1, 50), item(2, -20)], {(2, 1): 20}, {1: 30, 2: 0}),
    "the rest is an advance": ([item(1, 50), item(2, -70)], {(2, 1): 50}, {1: 0, 2: 20}),
    "an advance is taken up by the next debt": (
        [item(1, -70), item(2, 50, day=1), item(3, 50, day=2)],
        {(1, 2): 50, (1, 3): 20},
        {1: 0, 2: 0, 3: 30},
    ),
    "one payment covers two debts and part of a third": (
        [item(1, 10), item(2, 11), item(3, 12), item(4, -25)],
        {(4, 1): 10, (4, 2): 11, (4, 3): 4},
        {1: 0, 2: 0, 3: 8, 4: 0},
    ),
    "what falls due first goes first, though it is the younger debt": (
        [item(1, 10, day=0, due=30), item(2, 10, day=5, due=7), item(3, -10, day=6)],
        {(3, 2): 10},
        {1: 10, 2: 0, 3: 0},
    ),
    "a debt without a due day comes after all that have one": (
        [item(1, 10, day=0), item(2, 10, day=5, due=300), item(3, -10, day=6)],
        {(3, 2): 10},
        {1: 10, 2: 0, 3: 0},
    ),
    "without due days the oldest goes first": (
        [item(1, 10, day=5), item(2, 10, day=2), item(3, -10, day=9)],
        {(3, 2): 10},
        {1: 10, 2: 0, 3: 0},
    ),
    "of one day the smaller goes first": (
        [item(1, 20), item(2, 10), item(3, -10)],
        {(3, 2): 10},
        {1: 20, 2: 0, 3: 0},
    ),
    "of one day and amount the id decides": (
        [item(2, 10), item(1, 10), item(3, -10)],
        {(3, 1): 10},
        {1: 0, 2: 10, 3: 0},
    ),
    "on one day a debt comes before a payment": (
        [item(1, -10), item(2, 10)],
        {(1, 2): 10},
        {1: 0, 2: 0},
    ),
    "a debt of a later day did not exist": (
        [item(1, 10, day=0, due=30), item(2, 10, day=8, due=9), item(3, -10, day=5)],
        {(3, 1): 10},
        {1: 0, 2: 10, 3: 0},
    ),
    "two advances are taken up in their order": (
        [item(1, -10, day=3), item(2, -10, day=1), item(3, 15, day=4)],
        {(2, 3): 10, (1, 3): 5},
        {2: 0, 1: 5, 3: 0},
    ),
    "a payment covers what it is for, then what falls due first": (
        [item(1, 10, due=3), item(2, 10, due=9), item(3, -15, day=1, for_id="washing machine")],
        {(3, 2): 10, (3, 1): 5},
        {1: 5, 2: 0, 3: 0},
    ),
    "what it is for may be covered already": (
        [
            item(1, 10, due=3),
            item(2, 10, due=1),
            item(4, -10, day=1),
            item(3, -5, day=2, for_id="washing machine"),
        ],
        {(4, 2): 10, (3, 1): 5},
        {1: 5, 2: 0, 3: 0, 4: 0},
    ),
    "what it is for may not exist yet on its day": (
        [item(1, 10, due=3), item(2, 10, day=6), item(3, -5, day=2, for_id="washing machine")],
        {(3, 1): 5},
        {1: 5, 2: 10, 3: 0},
    ),
    "what it is for may be no debt any more": (
        [item(1, 10, due=3), item(3, -5, day=2, for_id="reversed")],
        {(3, 1): 5},
        {1: 5, 3: 0},
    ),
}
NAMED = {"washing machine": [item(2, 10, due=9)]}


@pytest.mark.parametrize(("items", "pairs", "open_amounts"), CASES.values(), ids=CASES)
def test_what_falls_due_first_is_covered_first(items, pairs, open_amounts):
    replayed = replay(items, 1, NAMED)
    assert replayed.allocations == {Pair(*pair): amount for pair, amount in pairs.items()}
    assert left(replayed) == open_amounts


@pytest.mark.parametrize(("items", "pairs", "open_amounts"), CASES.values(), ids=CASES)
def test_with_a_supplier_the_sides_are_swapped(items, pairs, open_amounts):
    swapped = [one._replace(effect_minor=-one.effect_minor) for one in items]
    named = {
        name: [one._replace(effect_minor=-10) for one in debts] for name, debts in NAMED.items()
    }
    replayed = replay(swapped, -1, named)
    assert replayed.allocations == {Pair(*pair[::-1]): amount for pair, amount in pairs.items()}
    assert left(replayed) == open_amounts


def test_a_plan_is_covered_from_its_first_instalment_on():
    parts = [item(n, 10, due=30 * n) for n in (1, 2, 3)]
    bread, payment = item(4, 5, day=1, due=2), item(5, -25, day=3, for_id="plan")
    replayed = replay([*parts, bread, payment], 1, {"plan": parts[::-1]})
    assert replayed.allocations == {Pair(5, 1): 10, Pair(5, 2): 10, Pair(5, 3): 5}


def test_of_what_was_open_before_only_what_is_needed_is_read():
    read = []

    def before():
        for number in range(1, 1000):
            read.append(number)
            yield item(number, 10, due=number).full

    replayed = replay([item(1000, -25, day=1)], 1, {}, OpenBefore(debts=before()))
    assert left(replayed) == {1: 0, 2: 0, 3: 5, 1000: 0}
    assert len(read) <= 4


DAYS = st.integers(0, 5)
FACTS = st.lists(
    st.tuples(
        DAYS,
        st.integers(-12, 12).filter(bool),
        st.none() | st.integers(0, 9),
        st.none() | st.integers(0, 11),
        st.booleans(),
    ),
    max_size=12,
)


@st.composite
def histories(draw):
    """Entries for the rule, what their payments name, and the same as facts."""
    drawn = draw(FACTS)
    items, named, facts = [], {}, []
    for number, (day, owed, due, meant, is_plan) in enumerate(drawn):
        means = {meant, (meant + 1) % 12} if is_plan and meant is not None else {meant}
        for_id = f"for-{number}" if owed < 0 and meant is not None else None
        due = due if owed > 0 else None
        items.append(item(number + 1, owed, day, due, for_id))
        named[for_id] = [(one + 1) for one in means if one is not None]
        ids = frozenset(f"id-{one}" for one in named[for_id]) if for_id else frozenset()
        facts.append(Fact(f"id-{number + 1}", on(day), owed, on(due), ids))
    debts = {one.sequence: one for one in items if one.effect_minor > 0}
    targets = {name: [debts[one] for one in ones if one in debts] for name, ones in named.items()}
    return items, targets, facts


@given(histories(), st.randoms(), st.sampled_from([1, -1]))
@settings(max_examples=examples(400), deadline=None)
def test_a_second_opinion_agrees_in_whatever_order_they_come(history, chance, owing):
    items, named, facts = history
    sided = [one._replace(effect_minor=one.effect_minor * owing) for one in items]
    chance.shuffle(sided)
    replayed = replay(sided, owing, named)
    found = {
        (f"id-{pair[0]}", f"id-{pair[1]}")[::owing]: amount
        for pair, amount in replayed.allocations.items()
    }
    assert found == covered(facts)
    assert {f"id-{n}": amount for n, amount in left(replayed).items() if amount} == left_open(facts)


@given(histories(), st.integers(0, 12))
@settings(max_examples=examples(200), deadline=None)
def test_replayed_in_two_parts_it_is_the_same(history, cut):
    items, named, _ = history
    in_order = sorted(items, key=lambda one: replay_order(one, 1))
    whole, first = replay(in_order, 1, named), replay(in_order[:cut], 1, named)
    open_items = sorted((one for one in first.items.values() if one.remaining_minor), key=position)
    targets = {one.sequence for ones in named.values() for one in ones}
    known = [one for one in open_items if one.sequence in targets]
    sides = [
        [one for one in open_items if one not in known and one.effect_minor * sign > 0]
        for sign in (1, -1)
    ]
    second = replay(in_order[cut:], 1, named, OpenBefore(known, *sides))
    assert first.allocations | second.allocations == whole.allocations
    assert left(first) | left(second) == left(whole)


@given(histories())
@settings(max_examples=examples(200), deadline=None)
def test_no_payment_without_a_target_passes_over_a_debt_that_falls_due_earlier(history):
    items, named, _ = history
    in_order = sorted(items, key=lambda one: replay_order(one, 1))
    for cut, payment in enumerate(in_order, 1):
        if payment.effect_minor > 0 or payment.for_id:
            continue
        after = replay(in_order[:cut], 1, named)
        covered_by_it = [
            after.items[pair.debit_sequence]
            for pair in after.allocations
            if pair.credit_sequence == payment.sequence
        ]
        still_open = [
            one for one in after.items.values() if one.effect_minor > 0 and one.remaining_minor
        ]
        for debt in covered_by_it:
            assert not [
                one for one in still_open if (one.due_on or date.max) < (debt.due_on or date.max)
            ]


@given(histories(), st.integers(0, 11))
@settings(max_examples=examples(200), deadline=None)
def test_an_entry_corrected_to_the_same_values_leaves_all_as_it_was(history, index):
    items, named, _ = history
    if index < len(items):
        old = items[index]
        anew = [one._replace(sequence=99) if one is old else one for one in items]
        debts = {
            name: [
                one._replace(sequence=99) if one.sequence == old.sequence else one for one in ones
            ]
            for name, ones in named.items()
        }
        before, after = replay(items, 1, named), replay(anew, 1, debts)
        same = {99: old.sequence}
        assert before.allocations == {
            Pair(*(same.get(one, one) for one in pair)): amount
            for pair, amount in after.allocations.items()
        }
