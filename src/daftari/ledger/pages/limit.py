"""The credit limit of an account, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from daftari.db.base import ReadTx
from daftari.ledger.pages.parts import BalanceView
from daftari.ledger.rules.limits import counted_debt, is_beyond_limit
from daftari.ledger.store.rates import find_rates


@dataclass(frozen=True, slots=True)
class LimitView:
    """The credit limit in the shop's currency. `uncounted`: currencies of debts without a rate."""

    minor: int
    is_passed: bool
    uncounted: tuple[str, ...]

    @property
    def is_none_allowed(self) -> bool:
        """Whether the limit is 0: no debt at all."""
        return not self.minor


def limit_view(
    tx: ReadTx, customer: Any, balances: Sequence[BalanceView], main: str
) -> LimitView | None:
    """The limit beside the balances in all currencies; None where there is none."""
    if customer.credit_limit_minor is None:
        return None
    in_all = {one.currency: -one.minor if one.side == "owed" else one.minor for one in balances}
    debt = counted_debt(in_all, find_rates(tx), main)
    limit = customer.credit_limit_minor
    return LimitView(limit, is_beyond_limit(limit, debt), debt.uncounted)
