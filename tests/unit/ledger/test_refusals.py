"""When the book says no, and when a debt falls due."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from daftari.identity.rules import Role
from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.kinds import Kind, Side, effect
from daftari.ledger.rules.refusals import (
    LARGEST_BALANCE_MINOR,
    Account,
    due_date,
    is_over_limit,
    refuse_entry,
    refuse_reversal,
    refuse_reversed_balance,
)
from tests.book import KARIM, NOW, UMM_SALIM

ABU_ALI = Account("a", "customer", False, None, None, 1000, 300, 1000, None, None)
SUPPLIER = replace(ABU_ALI, role="supplier", balance_minor=-1000)
TODAY = date(2026, 11, 23)


def command(kind, amount_minor, **rest):
    return RecordEntry("e", "a", kind, amount_minor, **{"currency": "SAR", **rest})


def refused(member, account, wanted):
    """The reason's name, or None where the entry may be written."""
    change = effect(wanted.kind, wanted.amount_minor, account.role, wanted.side or Side.OWES)
    try:
        refuse_entry(member, account, wanted, change)
    except Refusal as refusal:
        [(field, reason)] = refusal.reasons.items()
        return f"{field}: {reason.name}"
    return None


FROZEN = replace(ABU_ALI, is_frozen=True)
FROZEN_SUPPLIER = replace(SUPPLIER, is_frozen=True)
LIMITED = replace(ABU_ALI, credit_limit_minor=1500)
RICH = replace(ABU_ALI, balance_minor=LARGEST_BALANCE_MINOR - 10)
CASES = [
    (UMM_SALIM, ABU_ALI, Kind.DEBT, 1, None),
    (KARIM, ABU_ALI, Kind.DEBT, 1, None),
    (UMM_SALIM, FROZEN, Kind.DEBT, 1, "form: customer_frozen"),
    (UMM_SALIM, FROZEN, Kind.PAYMENT, 1, None),
    (UMM_SALIM, RICH, Kind.DEBT, 10, None),
    (UMM_SALIM, RICH, Kind.DEBT, 11, "amount: balance_too_large"),
    (UMM_SALIM, ABU_ALI, Kind.PAYMENT, LARGEST_BALANCE_MINOR + 1001, "amount: balance_too_large"),
    (UMM_SALIM, ABU_ALI, Kind.PAYMENT, 5000, None),
    (UMM_SALIM, ABU_ALI, Kind.DISCOUNT, 1000, None),
    (UMM_SALIM, ABU_ALI, Kind.DISCOUNT, 1001, "amount: discount_beyond_balance"),
    (UMM_SALIM, ABU_ALI, Kind.WRITE_OFF, 1000, None),
    (UMM_SALIM, ABU_ALI, Kind.WRITE_OFF, 1001, "amount: write_off_beyond_balance"),
    (UMM_SALIM, ABU_ALI, Kind.RECOVERY, 300, None),
    (UMM_SALIM, ABU_ALI, Kind.RECOVERY, 301, "amount: recovery_beyond_write_off"),
    (UMM_SALIM, SUPPLIER, Kind.DISCOUNT, 1000, None),
    (UMM_SALIM, SUPPLIER, Kind.DISCOUNT, 1001, "amount: discount_beyond_balance"),
    (KARIM, ABU_ALI, Kind.DISCOUNT, 1, "form: forgiving_not_allowed"),
    (KARIM, ABU_ALI, Kind.WRITE_OFF, 1, "form: forgiving_not_allowed"),
    (KARIM, ABU_ALI, Kind.RECOVERY, 1, "form: forgiving_not_allowed"),
    (KARIM, LIMITED, Kind.DEBT, 500, None),
    (KARIM, LIMITED, Kind.DEBT, 501, "amount: beyond_credit_limit"),
    (KARIM, LIMITED, Kind.PAYMENT, 501, None),
    (UMM_SALIM, LIMITED, Kind.DEBT, 501, None),
    (KARIM, LIMITED, Kind.OPENING, 500, None),
    (KARIM, LIMITED, Kind.OPENING, 501, "amount: beyond_credit_limit"),
    (UMM_SALIM, LIMITED, Kind.OPENING, 501, None),
    (UMM_SALIM, FROZEN, Kind.OPENING, 1, "form: customer_frozen"),
    (UMM_SALIM, FROZEN, Kind.DISCOUNT, 1, None),
    (UMM_SALIM, FROZEN, Kind.RECOVERY, 1, None),
    (UMM_SALIM, FROZEN_SUPPLIER, Kind.DEBT, 1, "form: customer_frozen"),
    (UMM_SALIM, FROZEN_SUPPLIER, Kind.PAYMENT, 1, None),
]
OPENING_CASES = [
    (UMM_SALIM, ABU_ALI, Side.OWED, None),
    (UMM_SALIM, FROZEN, Side.OWED, None),
    (KARIM, ABU_ALI, Side.OWES, None),
    (KARIM, ABU_ALI, Side.OWED, "form: forgiving_not_allowed"),
    (KARIM, SUPPLIER, Side.OWED, None),
    (KARIM, SUPPLIER, Side.OWES, "form: forgiving_not_allowed"),
    (UMM_SALIM, FROZEN_SUPPLIER, Side.OWED, "form: customer_frozen"),
    (UMM_SALIM, FROZEN_SUPPLIER, Side.OWES, None),
]


@pytest.mark.parametrize(("member", "account", "kind", "amount", "reason"), CASES)
def test_when_the_book_says_no(member, account, kind, amount, reason):
    assert refused(member, account, command(kind, amount)) == reason


@pytest.mark.parametrize(("member", "account", "side", "reason"), OPENING_CASES)
def test_an_opening_balance_is_a_debt_or_forgives_one(member, account, side, reason):
    assert refused(member, account, command(Kind.OPENING, 1, side=side)) == reason


def test_who_may_give_over_the_limit_is_told_of_it():
    assert is_over_limit(UMM_SALIM, LIMITED, command(Kind.DEBT, 501), 501)
    assert not is_over_limit(UMM_SALIM, LIMITED, command(Kind.DEBT, 500), 500)


def test_a_limit_is_in_the_shops_own_currency():
    assert not is_over_limit(KARIM, LIMITED, command(Kind.DEBT, 9999, currency="USD"), 9999)


YESTERDAY = NOW - timedelta(days=1)
KARIMS, HERS = KARIM.person.id, UMM_SALIM.person.id


@pytest.mark.parametrize(
    ("member", "kind", "recorded_by", "recorded_at", "reason"),
    [
        (UMM_SALIM, Kind.DEBT, HERS, YESTERDAY, None),
        (UMM_SALIM, Kind.DEBT, KARIMS, YESTERDAY, None),
        (UMM_SALIM, Kind.REVERSAL, HERS, NOW, "reversal_of_reversal"),
        (KARIM, Kind.DEBT, KARIMS, NOW, None),
        (KARIM, Kind.DEBT, KARIMS, YESTERDAY, "not_your_entry"),
        (KARIM, Kind.DEBT, HERS, NOW, "not_your_entry"),
        (replace(KARIM, role=Role.MANAGER), Kind.DEBT, HERS, YESTERDAY, None),
    ],
)
def test_who_may_take_a_line_back(member, kind, recorded_by, recorded_at, reason):
    if reason is None:
        refuse_reversal(member, kind, recorded_by, recorded_at, NOW)
        return
    with pytest.raises(Refusal, match=reason):
        refuse_reversal(member, kind, recorded_by, recorded_at, NOW)


def test_today_is_today_on_the_shops_wall():
    before_midnight = datetime(2026, 11, 23, 20, 59, tzinfo=UTC)  # 23:59 in Riyadh
    after_midnight = before_midnight + timedelta(minutes=2)
    refuse_reversal(KARIM, Kind.DEBT, KARIMS, before_midnight, before_midnight)
    with pytest.raises(Refusal, match="not_your_entry"):
        refuse_reversal(KARIM, Kind.DEBT, KARIMS, before_midnight, after_midnight)


def test_what_was_recovered_cannot_be_taken_back_any_more():
    refuse_reversed_balance(0, 0)
    with pytest.raises(Refusal, match="write_off_recovered"):
        refuse_reversed_balance(0, -1)
    with pytest.raises(Refusal, match="balance_too_large"):
        refuse_reversed_balance(-LARGEST_BALANCE_MINOR - 1, 0)


OWN_DAY = date(2027, 2, 1)


@pytest.mark.parametrize(
    ("effect_minor", "own", "customers_days", "shops_days", "due"),
    [
        (1, None, None, None, None),
        (1, None, None, 30, TODAY + timedelta(days=30)),
        (1, None, 7, 30, TODAY + timedelta(days=7)),
        (1, None, 0, 30, TODAY),
        (1, OWN_DAY, 7, 30, OWN_DAY),
        (1, OWN_DAY, None, None, OWN_DAY),
        (-1, OWN_DAY, 7, 30, None),
        (0, OWN_DAY, 7, 30, None),
    ],
)
def test_when_a_debt_falls_due(effect_minor, own, customers_days, shops_days, due):
    account = replace(ABU_ALI, due_days=customers_days)
    wanted = command(Kind.DEBT, 1, due_on=own)
    assert due_date(wanted, effect_minor, account, in_days(shops_days), TODAY) == due


def in_days(days):
    """The shop, with so many days to pay."""
    return replace(UMM_SALIM.shop, due_days=days)


def test_what_we_owe_a_supplier_falls_due_too():
    assert due_date(command(Kind.DEBT, 1), -1, SUPPLIER, in_days(30), TODAY) is not None
    assert due_date(command(Kind.PAYMENT, 1), 1, SUPPLIER, in_days(30), TODAY) is None


def test_a_payday_goes_before_any_number_of_days():
    account = replace(ABU_ALI, due_days=7, payday="day:27")  # 27 November is a Friday
    assert due_date(command(Kind.DEBT, 1), 1, account, in_days(30), TODAY) == date(2026, 11, 26)
    sunday = replace(UMM_SALIM.shop, weekend=(6,))
    assert due_date(command(Kind.DEBT, 1), 1, account, sunday, TODAY) == date(2026, 11, 27)
    own = command(Kind.DEBT, 1, due_on=OWN_DAY)
    assert due_date(own, 1, account, in_days(30), TODAY) == OWN_DAY
    assert due_date(command(Kind.PAYMENT, 1), -1, account, in_days(30), TODAY) is None
