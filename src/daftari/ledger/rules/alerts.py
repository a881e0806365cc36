"""Conditions for alerts: a passed credit limit, a large reversal."""

from typing import Final

from daftari.identity.rules import Member, Shop
from daftari.identity.rules.alerts import large_reversal_minor
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.limits import is_beyond_limit
from daftari.ledger.rules.refusals import Account, is_over_limit

LIMIT_PASSED: Final = "limit_passed"
LARGE_REVERSAL: Final = "large_reversal"


def passes_limit(member: Member, account: Account, command: RecordEntry, effect: int) -> bool:
    """Whether this debt takes the customer from within his credit limit past it."""
    before = account.debt_with(command.currency, account.balance_minor, member.shop)
    was_beyond = is_beyond_limit(account.credit_limit_minor, before)
    return not was_beyond and is_over_limit(member, account, command, effect)


def is_large_reversal(shop: Shop, currency: str, amount_minor: int) -> bool:
    return currency == shop.currency and amount_minor >= large_reversal_minor(shop)
