"""Reminder candidates, with all values that decide their eligibility."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from daftari.customers.actions.consent import agreed_now
from daftari.customers.rules.consent import OptIn
from daftari.db.base import ReadTx
from daftari.identity.rules import Shop
from daftari.ledger.actions.due import WHOLE_BOOK, DueDebt, find_due, open_promises
from daftari.reminders.rules.eligibility import LocalTime, Owed, ReminderCandidate
from daftari.reminders.store.people import find_owing, find_people, find_reminded


@dataclass(frozen=True, slots=True)
class ReminderScope:
    """The debts that a reminder includes: due by `until`, recorded up to the entry `last`."""

    until: date
    last: int = WHOLE_BOOK

    @classmethod
    def of(cls, details: Mapping[str, Any]) -> "ReminderScope":
        """The scope from the stored details of a message."""
        return cls(date.fromisoformat(details["until"]), details.get("last", WHOLE_BOOK))

    @property
    def details(self) -> dict[str, Any]:
        return {"until": self.until.isoformat(), "last": self.last}


def due_candidates(tx: ReadTx, now: LocalTime, scope: ReminderScope) -> list[ReminderCandidate]:
    """All customers with debts in the scope, the earliest due date first.

    Six statements, whatever the number of customers.
    """
    debts = _by_customer(find_due(tx, now.today, scope.until, last=scope.last))
    return _candidates(tx, now, list(debts), debts, "")


def candidates_of(
    tx: ReadTx, now: LocalTime, customer_ids: Collection[str], scope: ReminderScope, but: str = ""
) -> list[ReminderCandidate]:
    """Candidates for these customers, in this order; unknown ids are left out.

    Each has the debts within the scope, or all that he owes when there are none. `but`: the id of a
    message that does not count as a reminder.
    """
    debts = _by_customer(find_due(tx, now.today, scope.until, customer_ids, scope.last))
    return _candidates(tx, now, customer_ids, debts, but)


def moment_in(shop: Shop, at: datetime) -> LocalTime:
    return LocalTime(at, shop.zone, shop.day_ends)


def _by_customer(debts: Iterable[DueDebt]) -> dict[str, list[DueDebt]]:
    found: dict[str, list[DueDebt]] = {}
    for debt in debts:
        found.setdefault(debt.customer_id, []).append(debt)
    return found


def _candidates(
    tx: ReadTx,
    now: LocalTime,
    customer_ids: Collection[str],
    debts: Mapping[str, Sequence[DueDebt]],
    but: str,
) -> list[ReminderCandidate]:
    owing: dict[str, dict[str, int]] = defaultdict(dict)
    for customer_id, currency, minor in find_owing(tx, customer_ids):
        owing[customer_id][currency] = minor
    people = {row.id: row for row in find_people(tx, customer_ids)}
    opt_ins, reminded = agreed_now(tx, customer_ids), find_reminded(tx, customer_ids, now.at, but)
    promised = open_promises(tx, now.today)
    return [
        _candidate(
            people[one],
            _summed(debts.get(one, ())),
            owing[one],
            promised,
            opt_ins.get(one, frozenset()),
            reminded.get(one),
        )
        for one in customer_ids
        if one in people
    ]


def _candidate(
    row: Any,
    due: tuple[Owed, ...],
    whole: Mapping[str, int],
    promised: Mapping[tuple[str, str], date],
    opt_ins: frozenset[OptIn],
    reminded_at: datetime | None,
) -> ReminderCandidate:
    owed = due or tuple(Owed(currency, minor) for currency, minor in whole.items())
    words = (promised.get((row.id, one.currency)) for one in owed)
    return ReminderCandidate(
        customer_id=row.id,
        name=row.name,
        phone=row.phone,
        email=row.email,
        language=row.language,
        is_supplier=row.role == "supplier",
        owed=owed,
        promise_on=max((day for day in words if day), default=None),
        last_payment_on=row.last_payment_on,
        opt_ins=opt_ins,
        reminded_at=reminded_at,
        whole=whole,
    )


def _summed(debts: Sequence[DueDebt]) -> tuple[Owed, ...]:
    """Due amounts by currency, late and not yet late apart, the earliest first."""
    parts: dict[tuple[bool, str], list[DueDebt]] = {}
    for debt in debts:
        parts.setdefault((debt.days_late > 0, debt.currency), []).append(debt)
    return tuple(
        Owed(currency, sum(one.remaining_minor for one in part), part[0].due_on, part[-1].due_on)
        for (_, currency), part in parts.items()
    )
