"""Who could be reminded, and everything that is asked before he is."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from daftari.accounts.rules import Shop
from daftari.customers.actions.consent import agreed_now
from daftari.customers.rules.consent import Wish
from daftari.db.base import Tx
from daftari.ledger.actions.due import DueDebt, find_due
from daftari.reminders.rules.cases import Case, Moment, Owed
from daftari.reminders.store.people import find_owing, find_people, find_reminded


def due_cases(tx: Tx, now: Moment, until: date) -> list[Case]:
    """Everybody who owes something that is to be paid by `until`, the longest waiting first.

    Five statements, however many they are.
    """
    debts = _by_customer(find_due(tx, now.today, until))
    return _cases(tx, now, list(debts), debts, {}, "")


def cases_of(
    tx: Tx, now: Moment, customer_ids: Collection[str], until: date, but: str = ""
) -> list[Case]:
    """These customers, in this order; one who is not there is left out.

    Each is reminded of what is due by `until`, and where nothing is, of all that he owes.
    `but`: a message that is not counted as a reminder.
    """
    debts = _by_customer(find_due(tx, now.today, until, customer_ids))
    owing: dict[str, list[Owed]] = defaultdict(list)
    for customer_id, currency, minor in find_owing(tx, customer_ids):
        owing[customer_id].append(Owed(currency, minor, None))
    return _cases(tx, now, customer_ids, debts, owing, but)


def moment_in(shop: Shop, at: datetime) -> Moment:
    return Moment(at, shop.zone)


def _by_customer(debts: Iterable[DueDebt]) -> dict[str, list[DueDebt]]:
    found: dict[str, list[DueDebt]] = {}
    for debt in debts:
        found.setdefault(debt.customer_id, []).append(debt)
    return found


def _cases(
    tx: Tx,
    now: Moment,
    customer_ids: Collection[str],
    debts: Mapping[str, Sequence[DueDebt]],
    owing: Mapping[str, Sequence[Owed]],
    but: str,
) -> list[Case]:
    people = {row.id: row for row in find_people(tx, customer_ids)}
    wishes, reminded = agreed_now(tx, customer_ids), find_reminded(tx, customer_ids, now.at, but)
    return [
        _case(
            people[one],
            debts.get(one, ()),
            owing.get(one, ()),
            wishes.get(one, frozenset()),
            reminded.get(one),
        )
        for one in customer_ids
        if one in people
    ]


def _case(
    row: Any,
    debts: Sequence[DueDebt],
    owing: Sequence[Owed],
    wishes: frozenset[Wish],
    reminded_at: datetime | None,
) -> Case:
    promises = [debt.promise_on for debt in debts if debt.promise_on]
    return Case(
        customer_id=row.id,
        name=row.name,
        phone=row.phone,
        email=row.email,
        language=row.language,
        is_supplier=row.role == "supplier",
        owed=_summed(debts) or tuple(owing),
        promise_on=max(promises, default=None),
        last_payment_on=row.last_payment_on,
        wishes=wishes,
        reminded_at=reminded_at,
    )


def _summed(debts: Sequence[DueDebt]) -> tuple[Owed, ...]:
    """What is due, by currency, with the day that waits longest."""
    sums: dict[str, Owed] = {}
    for debt in debts:
        known = sums.get(debt.currency, Owed(debt.currency, 0, debt.due_on))
        day = min(debt.due_on, known.due_on or debt.due_on)
        sums[debt.currency] = Owed(debt.currency, known.minor + debt.remaining_minor, day)
    return tuple(sums.values())
