"""What several doors of the book need."""

from litestar import Response

from daftari.accounts.actions.people import names_in
from daftari.accounts.guards.desk import Desk
from daftari.ledger.pages.account import AccountAsked, AccountPage, account_page
from daftari.ledger.pages.lines import Reader
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.templates import render


def show(desk: Desk, whole: str, part: str, page: object, status: int = 200) -> Response[bytes]:
    """The whole page, or for htmx its part."""
    name = part if is_htmx(desk.request) else whole
    return render(desk.request, f"ledger/{name}.html", page, status)


async def read_account(desk: Desk, customer_id: str, asked: AccountAsked) -> AccountPage:
    shop_id = desk.member.shop.id
    names = await desk.control.recall((names_in, shop_id), desk.at, names_in, shop_id)
    reader = Reader(desk.member, desk.at, names)
    return await desk.read(account_page, reader, customer_id, asked)


async def show_written(desk: Desk, customer_id: str, entry_id: str) -> Response[bytes]:
    """After a line is written: the account with it, for htmx in place, otherwise as a page."""
    if not is_htmx(desk.request):
        account = f"{desk.member.shop.home}/customers/{customer_id}"
        return redirect_after_post(desk.request, f"{account}?recorded={entry_id}")
    page = await read_account(desk, customer_id, AccountAsked(recorded=entry_id))
    return render(desk.request, "ledger/_written.html", page, headers={"HX-Trigger": "written"})
