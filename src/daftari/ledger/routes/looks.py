"""Counting how many accounts somebody looks at, beside the pages that show them.

Nothing is read or written for it but when a threshold is reached; decision 0036 says why.
"""

from contextlib import suppress
from typing import Final

from daftari.db.connection import FileBusy, StorageFull
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules.alerts import is_many, many_accounts
from daftari.kernel.arabic import neutral
from daftari.ledger.actions.odd_things import alert_many_accounts
from daftari.ledger.rules.commands import ManyLooks

ACCOUNTS: Final = "accounts"
SEARCHES: Final = "searches"


async def count_account(context: ShopContext, customer_id: str) -> None:
    """Count an account that was opened; the shop is alerted where one person opened many."""
    count = context.looks.add(_doer(context, ACCOUNTS), customer_id, context.at)
    await _alert(context, ACCOUNTS, count)


async def count_search(context: ShopContext, text: str) -> None:
    """Count a search; letters that follow while it is typed are the same search."""
    if typed := neutral(text):
        count = context.looks.add_text(_doer(context, SEARCHES), typed, context.at)
        await _alert(context, SEARCHES, count)


async def _alert(context: ShopContext, of: str, count: int) -> None:
    """Tell the shop, and count anew. The page does not depend on it."""
    if is_many(count, many_accounts(context.member.shop)):
        with suppress(StorageFull, FileBusy):
            await context.do(alert_many_accounts, ManyLooks(of, count))
            context.looks.forget(_doer(context, of))


def _doer(context: ShopContext, of: str) -> tuple[str, str, str]:
    return context.member.shop.id, context.person.id, of
