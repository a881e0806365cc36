"""Conditions for alerts: a passed credit limit, a large reversal, a large entry at night."""

from datetime import datetime
from typing import Final

from daftari.identity.rules import Member, Shop
from daftari.identity.rules.alerts import is_night, large_at_night_minor, large_reversal_minor
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.limits import is_beyond_limit
from daftari.ledger.rules.refusals import Account, is_over_limit

LIMIT_PASSED: Final = "limit_passed"
LARGE_REVERSAL: Final = "large_reversal"
LARGE_AT_NIGHT: Final = "large_at_night"


def passes_limit(member: Member, account: Account, command: RecordEntry, effect: int) -> bool:
    """Whether this debt takes the customer from within his credit limit past it."""
    before = account.debt_with(command.currency, account.balance_minor, member.shop)
    was_beyond = is_beyond_limit(account.credit_limit_minor, before)
    return not was_beyond and is_over_limit(member, account, command, effect)


def is_large_reversal(shop: Shop, currency: str, amount_minor: int) -> bool:
    return _is_large(shop, currency, amount_minor, large_reversal_minor(shop))


def is_large_at_night(shop: Shop, currency: str, amount_minor: int, at: datetime) -> bool:
    """Whether an entry that was made at this moment is large, and it was night in the shop."""
    large = _is_large(shop, currency, amount_minor, large_at_night_minor(shop))
    return large and is_night(shop, at)


def _is_large(shop: Shop, currency: str, amount_minor: int, from_minor: int) -> bool:
    return currency == shop.currency and 0 < from_minor <= amount_minor
