"""A statement in words and digits, as its page and its paper show it: one value for both.

The files for spreadsheets (`table.py`) take the same words, and the amounts as numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from daftari.kernel.arabic import neutral
from daftari.kernel.words import amount_in_words
from daftari.reports.pages.wording import METHODS, Wording
from daftari.reports.rules.statement import (
    AGES,
    AllocatedPart,
    CurrencySection,
    Statement,
    StatementEntry,
    StatementRow,
)
from daftari.web.i18n import marked as _

MOST_COVERED: Final = 6
"""Debts that a payment names; of more it says how many there are."""


@dataclass(frozen=True, slots=True)
class PrintedBalance:
    """A balance with its label; `amount` is '' where it is settled."""

    label: str
    amount: str
    side: str


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One entry. `debt`, `payment`: the amount on its side, '' on the other; `amount`, `side`: the
    balance after it.
    """

    id: str
    day: str
    hijri: str
    title: str
    mark: str
    note: str
    details: str
    debt: str
    payment: str
    amount: str
    side: str


@dataclass(frozen=True, slots=True)
class PrintedAge:
    """A band of age, and what is open in it."""

    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """The entries of one currency. `carried`: None where the statement begins with the account;
    `words`: the balance in words, '' where it is settled.
    """

    currency: str
    carried: PrintedBalance | None
    rows: tuple[PrintedRow, ...]
    debts: str
    payments: str
    closing: PrintedBalance
    words: str
    ageing: tuple[PrintedAge, ...]


@dataclass(frozen=True, slots=True)
class PrintedStatement:
    """The whole statement. `only_branch`: a sentence where one branch alone is told of; `empty`:
    one where nothing was written in the period.
    """

    title: str
    shop: str
    shop_phone: str
    name: str
    phone: str
    period: str
    printed: str
    only_branch: str
    empty: str
    sections: tuple[PrintedSection, ...]
    proof: str


def printed_statement(wording: Wording, it: Statement, shop_phone: str) -> PrintedStatement:
    """The statement in the words of its reader's language."""
    say = wording.say
    only = say(_("Only the entries of the branch %(branch)s"), branch=wording.name(it.branch))
    return PrintedStatement(
        title=say(_("Statement of account")),
        shop=neutral(wording.shop.name),
        shop_phone=shop_phone,
        name=neutral(it.name),
        phone=it.phone,
        period=_period(wording, it),
        printed=say(_("Made on %(day)s"), day=_dated(wording, it)),
        only_branch=only if it.branch else "",
        empty="" if it.count else say(_("Nothing was written in these days.")),
        sections=tuple(_section(wording, it, section) for section in it.sections),
        proof=it.proof,
    )


def _dated(wording: Wording, it: Statement) -> str:
    hijri = wording.hijri(it.today)
    return wording.day(it.today) + (f" ({hijri})" if hijri else "")


def _period(wording: Wording, it: Statement) -> str:
    until = wording.day(it.period.until)
    if it.period.since is None:
        return wording.say(_("All entries until %(day)s"), day=until)
    since = wording.day(it.period.since)
    return wording.say(_("From %(since)s to %(until)s"), since=since, until=until)


def _section(wording: Wording, it: Statement, section: CurrencySection) -> PrintedSection:
    code, balance = section.currency, section.balance_minor
    ages = zip(_bands(wording), section.ageing, strict=False)
    closing = wording.say(_("Balance on %(day)s"), day=wording.day(it.until))
    return PrintedSection(
        currency=wording.currency(code),
        carried=_carried(wording, it, section),
        rows=tuple(_row(wording, row, is_supplier=it.is_supplier) for row in section.rows),
        debts=wording.amount(section.debts_minor, code),
        payments=wording.amount(section.payments_minor, code),
        closing=printed_balance(wording, closing, balance, code),
        words=amount_in_words(abs(balance), code, wording.language) if balance else "",
        ageing=tuple(PrintedAge(label, wording.amount(minor, code)) for label, minor in ages),
    )


def _carried(wording: Wording, it: Statement, section: CurrencySection) -> PrintedBalance | None:
    if it.period.since is None:
        return None
    label = wording.say(_("Balance before"))
    return printed_balance(wording, label, section.carried_minor, section.currency)


def _bands(wording: Wording) -> Iterator[str]:
    """The names of the bands of age: «0–30 days», «more than 90 days»."""
    first = 0
    for last in AGES:
        days = f"{wording.number(first)}–{wording.number(last)}"
        yield wording.say(_("%(days)s days"), days=days)
        first = last + 1
    yield wording.say(_("more than %(days)s days"), days=wording.number(AGES[-1]))


def printed_balance(wording: Wording, label: str, minor: int, code: str) -> PrintedBalance:
    """A balance with its label, in the words of the customer."""
    amount = wording.amount(abs(minor), code) if minor else ""
    return PrintedBalance(label, amount, wording.side(minor))


def _row(wording: Wording, row: StatementRow, *, is_supplier: bool) -> PrintedRow:
    entry = row.entry
    code, balance = entry.currency, row.balance_minor
    return PrintedRow(
        id=entry.id,
        day=wording.day(entry.occurred_on),
        hijri=wording.hijri(entry.occurred_on),
        title=wording.kind(entry.kind, is_supplier=is_supplier),
        mark=_mark(wording, entry),
        note=neutral(entry.note) if entry.note else "",
        details=" · ".join(details_of(wording, entry, is_supplier=is_supplier)),
        debt=wording.amount(row.debt_minor, code),
        payment=wording.amount(row.payment_minor, code),
        amount=wording.amount(abs(balance), code) if balance else "",
        side=wording.side(balance),
    )


def _mark(wording: Wording, entry: StatementEntry) -> str:
    if entry.is_reversed:
        return wording.say(_("reversed"))
    return wording.say(_("corrected")) if entry.is_corrected else ""


def details_of(wording: Wording, entry: StatementEntry, *, is_supplier: bool) -> Iterator[str]:
    """The facts of an entry beside its amount, its day and its note."""
    say = wording.say
    if not entry.effect_minor:
        yield f"{wording.amount(entry.amount_minor, entry.currency)} {wording.unit(entry.currency)}"
    if entry.method:
        yield say(METHODS[entry.method])
    if entry.exchange:
        yield wording.handed_over(entry.exchange)
    if entry.taker:
        yield say(_("taken by %(name)s"), name=wording.name(entry.taker))
    if entry.paid_by:
        yield say(_("paid by %(name)s"), name=wording.name(entry.paid_by))
    if entry.due_on and not entry.is_reversed:
        yield say(_("due %(day)s"), day=wording.day(entry.due_on))
    if entry.reversed_kind and entry.reversed_on:
        kind = wording.kind(entry.reversed_kind, is_supplier=is_supplier)
        day = wording.day(entry.reversed_on)
        yield say(_("reverses: %(kind)s of %(day)s"), kind=kind, day=day)
    if entry.covers:
        yield _covers(wording, entry.covers, entry.currency)


def _covers(wording: Wording, covers: tuple[AllocatedPart, ...], code: str) -> str:
    """The debts that a payment covered, each with its amount: «covered the debt of 2/11/2026
    (50.00)».
    """
    told = [f"{wording.day(day)} ({wording.amount(minor, code)})" for day, minor in covers]
    days, more = wording.listed(told[:MOST_COVERED]), len(told) - MOST_COVERED
    if len(told) == 1:
        return wording.say(_("covered the debt of %(days)s"), days=days)
    if more > 0:
        days += " " + wording.count("and %(num)s more", "and %(num)s more", more)
    return wording.say(_("covered these debts: %(days)s"), days=days)
