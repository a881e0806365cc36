"""Promises to pay and their outcomes, which are computed from the book and not stored."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.commands import MakePromise
from daftari.ledger.rules.open_items import OpenItem


class PromiseOutcome(StrEnum):
    """The outcome of a promise. `moved`: another day was promised before its day came."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"


class Promise(NamedTuple):
    """A stored promise. `came_minor`: by how much his debt had shrunk by the promised day."""

    id: str
    customer_id: str
    currency: str
    amount_minor: int
    promised_on: date
    note: str
    made_at: datetime
    made_by: str
    withdrawn_at: datetime | None
    came_minor: int

    @property
    def is_kept(self) -> bool:
        return self.came_minor >= self.amount_minor


def promised_amount(
    command: MakePromise, owed_minor: int, items: Iterable[OpenItem], owing: int
) -> int:
    """The promised amount. `owed_minor`: all he owes; `items`: open items in this currency.

    Raises Refusal(form='nothing_owed'), Refusal(amount='promise_beyond_balance').
    """
    if owed_minor <= 0:
        raise Refusal(form="nothing_owed")
    if command.amount_minor is not None:
        if command.amount_minor > owed_minor:
            raise Refusal(amount="promise_beyond_balance")
        return command.amount_minor
    due = (item for item in items if item.due_on and item.due_on <= command.promised_on)
    return sum(item.remaining_minor for item in due if item.effect_minor * owing > 0) or owed_minor


def outcomes(
    promises: Sequence[Promise], made_on: Sequence[date], today: date
) -> list[PromiseOutcome]:
    """Outcomes of the promises of one customer in one currency.

    The promises are newest first; `made_on`: the shop's day on which each was made.
    """
    said: list[PromiseOutcome] = []
    next_made: date | None = None
    for promise, day in zip(promises, made_on, strict=True):
        said.append(_outcome(promise, next_made, today))
        if promise.withdrawn_at is None:
            next_made = day
    return said


def _outcome(promise: Promise, next_made: date | None, today: date) -> PromiseOutcome:
    if promise.withdrawn_at is not None:
        return PromiseOutcome.WITHDRAWN
    if promise.is_kept:
        return PromiseOutcome.KEPT
    if next_made is not None and next_made <= promise.promised_on:
        return PromiseOutcome.MOVED
    return PromiseOutcome.OPEN if promise.promised_on >= today else PromiseOutcome.BROKEN
