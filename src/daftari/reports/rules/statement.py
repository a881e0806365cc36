"""The statement of an account: its entries by civil day, as one value for page, paper and files.

A balance above zero is what the customer owes the shop, as in the book. A side of the statement is
what made the debt grow (`debt_minor`) or shrink (`payment_minor`): with a supplier the shop's debt.
A reversal stands on the other side than what it reverses, so no amount is below zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from daftari.ledger.rules.exchange import Exchange
from daftari.reports.rules.period import Period

AGES: Final = (30, 60, 90)
"""The last day of each band of age but the last, counted from the day of the debt."""


class AllocatedPart(NamedTuple):
    """The day of a debt, and how much of it a payment covered."""

    day: date
    minor: int


class StatementEntry(NamedTuple):
    """An entry as it stands: the last version of it, in the place where it was first written.

    `effect_minor`: the signed change of the balance. `is_reversed`, `reversed_kind`, `reversed_on`:
    as on the account. `covers`: for what lowers a debt, which debts it covered.
    """

    sequence: int
    id: str
    kind: str
    amount_minor: int
    effect_minor: int
    currency: str
    occurred_on: date
    due_on: date | None
    method: str | None
    note: str
    taker: str
    paid_by: str
    is_reversed: bool
    is_corrected: bool
    reversed_kind: str | None
    reversed_on: date | None
    exchange: Exchange | None
    covers: tuple[AllocatedPart, ...] = ()


class StatementRow(NamedTuple):
    """An entry on one of the two sides, and the balance after it. None: not on that side."""

    entry: StatementEntry
    debt_minor: int | None
    payment_minor: int | None
    balance_minor: int


class AgedDebt(NamedTuple):
    """What is open of the debts of one day at the end of the period."""

    currency: str
    day: date
    minor: int


@dataclass(frozen=True, slots=True)
class CurrencySection:
    """The entries of one currency. `carried_minor`: the balance before the first of them;
    `ageing`: what is open by age, one amount for each band, '()' where nothing is.
    """

    currency: str
    carried_minor: int
    rows: tuple[StatementRow, ...]
    debts_minor: int
    payments_minor: int
    balance_minor: int
    ageing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement of one account over a period. `proof`: the code of the chain's head;
    `branch`: the name of the branch whose entries alone the reader sees, '' for all.
    """

    name: str
    phone: str
    is_supplier: bool
    period: Period
    today: date
    sections: tuple[CurrencySection, ...]
    proof: str
    branch: str

    @property
    def until(self) -> date:
        """The last day that the balances tell of."""
        return min(self.period.until, self.today)

    @property
    def count(self) -> int:
        return sum(len(section.rows) for section in self.sections)


def sections_of(
    entries: Sequence[StatementEntry],
    carried: Mapping[str, int],
    debts: Iterable[AgedDebt],
    until: date,
    main: str,
    owing: int,
) -> tuple[CurrencySection, ...]:
    """A section for each currency, the shop's own (`main`) first; never a sum across currencies.

    `entries`: in the order of their days. `carried`: balances before them. `owing`: the sign of a
    debt, 1 for customers, -1 for suppliers.
    """
    by_currency: dict[str, list[StatementEntry]] = {
        code: [] for code, balance in carried.items() if balance
    }
    for entry in entries:
        by_currency.setdefault(entry.currency, []).append(entry)
    ageing = _ageing(debts, until)
    codes = sorted(by_currency or {main: []}, key=lambda code: (code != main, code))
    return tuple(
        _section(code, carried.get(code, 0), by_currency.get(code, []), ageing.get(code), owing)
        for code in codes
    )


def _section(
    currency: str,
    carried_minor: int,
    entries: Iterable[StatementEntry],
    ageing: list[int] | None,
    owing: int,
) -> CurrencySection:
    rows, balance, debts, payments = [], carried_minor, 0, 0
    for entry in entries:
        balance += entry.effect_minor
        grows = entry.effect_minor * owing
        debt, payment = grows if grows > 0 else None, -grows if grows < 0 else None
        debts, payments = debts + (debt or 0), payments + (payment or 0)
        rows.append(StatementRow(entry, debt, payment, balance))
    return CurrencySection(
        currency=currency,
        carried_minor=carried_minor,
        rows=tuple(rows),
        debts_minor=debts,
        payments_minor=payments,
        balance_minor=balance,
        ageing=tuple(ageing or ()),
    )


def _ageing(debts: Iterable[AgedDebt], until: date) -> dict[str, list[int]]:
    """What is open by currency and band of age."""
    found: dict[str, list[int]] = {}
    for debt in debts:
        bands = found.setdefault(debt.currency, [0] * (len(AGES) + 1))
        age = (until - debt.day).days
        bands[sum(age > last for last in AGES)] += debt.minor
    return found
