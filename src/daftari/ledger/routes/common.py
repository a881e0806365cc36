"""Responses that several routes of the book share."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeVar

from litestar import Response

from daftari.db.base import WriteTx
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Member
from daftari.ledger.actions.append import Recorded
from daftari.ledger.actions.approval import Asked, submit_or_ask
from daftari.ledger.forms.draft import Draft
from daftari.ledger.pages.account import AccountPage, AccountQuery, account_page
from daftari.ledger.pages.entries import Reader
from daftari.ledger.pages.written import recorded_page, written_page
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.templates import render

Command = TypeVar("Command")

_WRITTEN: Final = "ledger/_written.html"


def show(
    context: ShopContext, whole: str, part: str, page: object, status: int = 200
) -> Response[bytes]:
    """The whole page, or for htmx its fragment."""
    name = part if is_htmx(context.request) else whole
    return render(context.request, f"ledger/{name}.html", page, status)


async def read_account(context: ShopContext, customer_id: str, asked: AccountQuery) -> AccountPage:
    return await context.read_page(account_page, await reader_of(context), customer_id, asked)


async def show_written(
    context: ShopContext, customer_id: str, asked: AccountQuery
) -> Response[bytes]:
    """The fragments of the account, and of its frame, that the recorded entries changed."""
    page = await context.read_framed(written_page, await reader_of(context), customer_id, asked)
    return render(context.request, _WRITTEN, page)


async def record(
    context: ShopContext,
    verb: Callable[[WriteTx, Member, datetime, Command], Recorded],
    command: Command,
) -> Response[bytes]:
    """Record an entry, and answer with the account: for htmx what changed, else a redirect.

    What changed is read in the transaction that writes it. Raises what the verb raises.
    """
    if not is_htmx(context.request):
        entry = (await context.do(verb, command)).entry
        account = f"{context.member.shop.home}/customers/{entry.customer_id}"
        return redirect_after_post(context.request, f"{account}?recorded={entry.id}")
    reader = await reader_of(context)
    page = await context.do_framed(verb, command, lambda tx, done: recorded_page(tx, reader, done))
    return render(context.request, _WRITTEN, page, headers={"HX-Trigger": "written"})


async def ask(context: ShopContext, draft: Draft) -> Response[bytes]:
    """Write what was submitted, or ask for the approval that it lacks; the account in answer."""
    done = await context.do(submit_or_ask, draft)
    customer_id = done.customer_id if isinstance(done, Asked) else done.entry.customer_id
    if is_htmx(context.request):
        entry_id = None if isinstance(done, Asked) else done.entry.id
        page = await show_written(context, customer_id, AccountQuery(recorded=entry_id))
        page.headers["HX-Trigger"] = "written"
        return page
    account = f"{context.member.shop.home}/customers/{customer_id}"
    if isinstance(done, Asked):
        return redirect_after_post(context.request, f"{account}#approvals")
    return redirect_after_post(context.request, f"{account}?recorded={done.entry.id}")


async def reader_of(context: ShopContext) -> Reader:
    return Reader(context.member, context.at, await context.names())
