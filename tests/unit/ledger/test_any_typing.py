"""The order in which a history was typed changes nothing that anybody sees."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from daftari.kernel.ids import id_within
from daftari.ledger.actions.due import find_due
from daftari.ledger.rules import allocation
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.kinds import Kind, Side
from daftari.ledger.rules.open_items import OpenItem
from daftari.ledger.store import allocations, standing
from tests.book import NOW, SHOP, UMM_SALIM, Book, open_book
from tests.chances import examples
from tests.unit.ledger.second_opinion import Fact, covered, left_open

TODAY = NOW.date()
WITHOUT_TERMS = replace(UMM_SALIM, shop=replace(SHOP, due_days=None))
ROOT = "01a20700-0000-7000-8000-00000000000f"


@dataclass(frozen=True)
class Typed:
    """One entry of a history. `meant`: the number of the entry that it is for."""

    number: int
    kind: Kind
    side: Side | None
    amount: int
    day: date
    due: date | None
    meant: int | None
    is_reversed: bool

    @property
    def id(self) -> str:
        return id_within(ROOT, str(self.number))

    @property
    def is_debt(self) -> bool:
        return self.kind is Kind.DEBT or self.side is Side.OWES


KINDS = st.sampled_from(
    [*[(Kind.DEBT, None), (Kind.PAYMENT, None)] * 3, *[(Kind.OPENING, side) for side in Side]]
)
DAYS = st.integers(0, 5).map(lambda days: TODAY - timedelta(days=days))
DUES = st.none() | st.integers(-5, 4).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def histories(draw: st.DrawFn) -> list[Typed]:
    typed: list[Typed] = []
    for number in range(draw(st.integers(1, 9))):
        kind, side = draw(KINDS)
        debts = [one.number for one in typed if one.is_debt and not one.is_reversed]
        meant = draw(st.none() | st.sampled_from(debts)) if kind is Kind.PAYMENT and debts else None
        due = draw(DUES) if kind is Kind.DEBT or side is Side.OWES else None
        amount, is_reversed = draw(st.integers(1, 9)), draw(st.sampled_from([False] * 4 + [True]))
        typed.append(Typed(number, kind, side, amount, draw(DAYS), due, meant, is_reversed))
    return typed


SLOW = [HealthCheck.too_slow]


@given(histories(), st.data())
@settings(max_examples=examples(120), deadline=None, suppress_health_check=SLOW)
def test_any_order_of_typing_gives_the_same_book(history: list[Typed], data: st.DataObject) -> None:
    first, second = (typed_in(history, data.draw(orders(history))) for _ in range(2))
    assert first == second
    facts = [fact(one) for one in history if not one.is_reversed]
    assert first["allocations"] == covered(facts)
    assert first["open"] == left_open(facts)


def _place_by_day_alone(item: OpenItem) -> str:
    return f"{item.occurred_on} {item.id}"


def _nothing_is_later(*_: object) -> list[OpenItem]:
    return []


def _nothing_is_named(*_: object) -> dict[str, list[OpenItem]]:
    return {}


def _nothing_could_take_it(*_: object) -> bool:
    return False


@pytest.mark.parametrize(
    ("module", "name", "mistaken"),
    [
        (allocation, "position", _place_by_day_alone),
        (standing, "find_later", _nothing_is_later),
        (standing, "find_named", _nothing_is_named),
        (allocations, "could_take", _nothing_could_take_it),
    ],
)
def test_a_mistake_would_be_found(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, mistaken: object
) -> None:
    monkeypatch.setattr(module, name, mistaken)
    play = settings(
        max_examples=100,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=SLOW,
    )
    with pytest.raises(AssertionError):
        play(given(histories(), st.data())(_play))()


def _play(history: list[Typed], data: st.DataObject) -> None:
    typed_in(history, data.draw(orders(history)))


def orders(history: list[Typed]) -> st.SearchStrategy[list[tuple[str, Typed]]]:
    """Any order in which a reversal, and a payment for a debt, comes after that entry."""
    steps = [("entry", one) for one in history]
    steps += [("reversal", one) for one in history if one.is_reversed]
    return st.permutations(steps).map(_in_a_possible_order)


def _in_a_possible_order(steps: list[tuple[str, Typed]]) -> list[tuple[str, Typed]]:
    waiting, done, known = list(steps), [], set[int]()
    while waiting:
        step = next(one for one in waiting if _is_possible(*one, known))
        waiting.remove(step)
        done.append(step)
        known |= {step[1].number}
    return done


def _is_possible(verb: str, one: Typed, known: set[int]) -> bool:
    needed = one.number if verb == "reversal" else one.meant
    return needed is None or needed in known


def typed_in(history: list[Typed], order: list[tuple[str, Typed]]) -> dict[str, object]:
    """What somebody sees of the book after the history was typed in this order."""
    with open_book() as book:
        customer = book.customer()
        for verb, one in order:
            if verb == "reversal":
                book.reversal(one.id)
            else:
                book.record(command(customer, one), by=WITHOUT_TERMS)
        assert book.faults() == []
        return seen(book)


def command(customer: str, one: Typed) -> RecordEntry:
    return RecordEntry(
        one.id,
        customer,
        one.kind,
        one.amount,
        "SAR",
        occurred_on=one.day,
        due_on=one.due,
        side=one.side,
        for_id=None if one.meant is None else id_within(ROOT, str(one.meant)),
    )


def seen(book: Book) -> dict[str, object]:
    pairs = book.sql(
        "SELECT credit.id, debit.id, allocations.amount_minor FROM allocations"
        " JOIN entries AS credit ON credit.sequence = credit_sequence"
        " JOIN entries AS debit ON debit.sequence = debit_sequence"
    )
    items = book.sql("SELECT id, remaining_minor FROM open_items JOIN entries USING (sequence)")
    late = book.write(find_due, TODAY, TODAY)
    return {
        "allocations": {(credit, debit): amount for credit, debit, amount in pairs},
        "open": dict(items),
        "oldest due": book.sql("SELECT oldest_due_on FROM customers"),
        "late": {(one.entry_id, one.remaining_minor, one.days_late) for one in late},
    }


def fact(one: Typed) -> Fact:
    means = frozenset() if one.meant is None else frozenset({id_within(ROOT, str(one.meant))})
    return Fact(one.id, one.day, one.amount if one.is_debt else -one.amount, one.due, means)
