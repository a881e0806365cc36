"""Rules that refuse an entry, a reversal or a photo, with their reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from daftari.identity.rules import Member, Permission, Shop
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.due_days import usual_due_day
from daftari.ledger.rules.kinds import GIVING_KINDS, Kind, direction, forgives
from daftari.ledger.rules.limits import CountedDebt, Rates, counted_debt, is_beyond_limit

LARGEST_BALANCE_MINOR = 9 * 10**15
"""Below 2^53, so that a JavaScript number holds every balance exactly."""


@dataclass(frozen=True, slots=True)
class Account:
    """A customer and his balance in one currency, as the rules need them.

    `main_currency`: as the book's file knows it, None before its first entry.
    `last_on`: the latest day of his entries in that currency, also of those that are reversed.
    `balances` in all currencies and `rates`: only where there is a credit limit.
    `discounted_minor`: what the member took off today already, where that counts.
    """

    customer_id: str
    role: str
    is_frozen: bool
    credit_limit_minor: int | None
    due_days: int | None
    balance_minor: int
    written_off_minor: int
    main_balance_minor: int
    oldest_due_on: date | None
    last_payment_on: date | None
    payday: str | None = None
    main_currency: str | None = None
    last_on: date | None = None
    is_archived: bool = False
    balances: Mapping[str, int] = field(default_factory=dict)
    rates: Rates = field(default_factory=dict)
    discounted_minor: int = 0

    def debt_with(self, currency: str, balance_minor: int, shop: Shop) -> CountedDebt:
        """What the credit limit counts, with this balance in that currency."""
        main = self.main_currency or shop.currency
        return counted_debt({**self.balances, currency: balance_minor}, self.rates, main)


def refuse_entry(member: Member, account: Account, command: RecordEntry, effect: int) -> None:
    """Raises `Refusal` when the entry is not allowed."""
    _refuse_beyond_column(account.balance_minor + effect)
    if account.is_frozen and effect * direction(account.role) > 0:
        raise Refusal(form="customer_frozen")
    _refuse_forgiving(member, account, command, effect)
    _refuse_forgiving_too_much(account, command)
    if is_over_limit(member, account, command, effect):
        _refuse_over_limit(member, "amount", account)


def counts_discounts(member: Member, kind: Kind) -> bool:
    """Whether a discount of the member is free of approval up to a part of what is owed."""
    is_bound = kind is Kind.DISCOUNT and not member.may(Permission.WRITE_OFF)
    return is_bound and member.shop.free_discount is not None


def _refuse_forgiving(member: Member, account: Account, command: RecordEntry, effect: int) -> None:
    forgiven = forgives(command.kind, effect, account.role)
    if not forgiven or member.may(Permission.WRITE_OFF):
        return
    if not counts_discounts(member, command.kind):
        raise Refusal(form="forgiving_not_allowed")
    percent = member.shop.free_discount or 0
    before = account.balance_minor * direction(account.role) + account.discounted_minor
    if (account.discounted_minor + command.amount_minor) * 100 > percent * before:
        raise Refusal(form=Reason("discount_needs_approval", {"percent": percent}))


def is_over_limit(member: Member, account: Account, command: RecordEntry, effect: int) -> bool:
    """Whether a new debt in any currency takes a customer past his credit limit."""
    if command.kind not in GIVING_KINDS or effect <= 0:
        return False
    after = account.debt_with(command.currency, account.balance_minor + effect, member.shop)
    return is_beyond_limit(account.credit_limit_minor, after)


def refuse_reversal_over_limit(
    member: Member, account: Account, currency: str, effect: int, balance_after: int
) -> None:
    """Raises `Refusal` when a reversed payment leaves a debt past the limit, and new debts were
    recorded since: otherwise a payment and its reversal would be a way round the limit.

    `effect`, `balance_after`: of the entry to reverse, when it was recorded.
    """
    has_grown = account.balance_minor > balance_after
    after = account.debt_with(currency, account.balance_minor - effect, member.shop)
    if effect < 0 and has_grown and is_beyond_limit(account.credit_limit_minor, after):
        _refuse_over_limit(member, "form", account)


def refuse_reversal(
    member: Member, kind: Kind, recorded_by: str, recorded_at: datetime, at: datetime
) -> None:
    """Raises `Refusal` for a reversal of a reversal, or when the member may not reverse the entry.

    Without the permission to reverse, a member may reverse his own entry of today.
    """
    if kind is Kind.REVERSAL:
        raise Refusal(form="reversal_of_reversal")
    if not may_take_back(member, recorded_by, recorded_at, member.shop.day_of(at)):
        raise Refusal(form="not_your_entry")


def may_take_back(member: Member, recorded_by: str, recorded_at: datetime, today: date) -> bool:
    """Whether a member may reverse or correct an entry without asking."""
    is_own = recorded_by == member.person.id and member.shop.day_of(recorded_at) == today
    return is_own or member.may(Permission.REVERSE_ENTRY)


def refuse_corrected(
    member: Member, account: Account, command: RecordEntry, effect: int, old_effect: int
) -> None:
    """Raises `Refusal` when the new entry of a correction is not allowed.

    `account`: without the old entry. What makes the debt no larger is not refused for what the old
    entry was allowed already.
    """
    if (effect - old_effect) * direction(account.role) > 0:
        return refuse_entry(member, account, command, effect)
    _refuse_beyond_column(account.balance_minor + effect)
    return _refuse_forgiving_too_much(account, command)


def refuse_photo(member: Member, recorded_by: str) -> None:
    """Raises `Refusal` for a photo of another member's entry without the permission to reverse."""
    if recorded_by != member.person.id and not member.may(Permission.REVERSE_ENTRY):
        raise Refusal(photo="photo_of_anothers_entry")


def refuse_reversed_balance(balance_after: int, written_off_after: int) -> None:
    """Raises `Refusal` for the reversal of a write-off that was recovered since, or a balance
    beyond the largest one.
    """
    _refuse_beyond_column(balance_after)
    if written_off_after < 0:
        raise Refusal(form="write_off_recovered")


def due_date(
    command: RecordEntry, effect: int, account: Account, shop: Shop, occurred_on: date
) -> date | None:
    """The due date of a debt: the entry's own, else the customer's default, which no correction
    brings.
    """
    if effect * direction(account.role) <= 0:
        return None
    if command.due_on is not None or command.corrects_id is not None:
        return command.due_on
    return usual_due_day(account.payday, account.due_days, shop, occurred_on)


def _refuse_beyond_column(balance: int) -> None:
    if abs(balance) > LARGEST_BALANCE_MINOR:
        raise Refusal(amount="balance_too_large")


def _refuse_over_limit(member: Member, place: str, account: Account) -> None:
    if member.may(Permission.GIVE_OVER_LIMIT):
        return
    currency = account.main_currency or member.shop.currency
    limit = {"limit_minor": account.credit_limit_minor, "currency": currency}
    raise Refusal(**{place: Reason("beyond_credit_limit", limit)})


def _refuse_forgiving_too_much(account: Account, command: RecordEntry) -> None:
    owed = account.balance_minor * direction(account.role)
    if command.kind is Kind.DISCOUNT and command.amount_minor > owed:
        raise Refusal(amount="discount_beyond_balance")
    if command.kind is Kind.WRITE_OFF and command.amount_minor > owed:
        raise Refusal(amount="write_off_beyond_balance")
    if command.kind is Kind.RECOVERY and command.amount_minor > account.written_off_minor:
        raise Refusal(amount="recovery_beyond_write_off")
