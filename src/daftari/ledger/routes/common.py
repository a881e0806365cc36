"""The desk at which a member of the shop stands, and what several doors of the book need."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ParamSpec, TypeVar

from litestar import Response

from daftari.accounts.actions.people import names_in
from daftari.accounts.rules import Member
from daftari.db.connection import Unit
from daftari.db.control import Control
from daftari.db.door import Shops
from daftari.kernel.clock import civil_date
from daftari.kernel.refusal import Conflict, Refusal
from daftari.ledger.pages.account import AccountAsked, AccountPage, account_page
from daftari.ledger.pages.lines import Reader
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.requests import AnyRequest
from daftari.web.templates import render

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, in which shop, when, and the doors to the shop's book and to the control file."""

    request: AnyRequest
    member: Member
    shops: Shops
    control: Control
    at: datetime

    @classmethod
    def of(cls, request: AnyRequest) -> "Desk":
        house, member = request.app.state, request.scope["state"]["member"]
        return cls(request, member, house.shops, house.control, house.clock.now())

    @property
    def today(self) -> date:
        return civil_date(self.at, self.member.shop.zone)

    async def read(self, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.shops.read(self.member.shop.id, fn, *args, **kwargs)

    async def write(self, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.shops.write(self.member.shop.id, fn, *args, **kwargs)

    def show(self, whole: str, part: str, page: object, status: int = 200) -> Response[bytes]:
        """The whole page, or for htmx its part."""
        name = part if is_htmx(self.request) else whole
        return render(self.request, f"ledger/{name}.html", page, status)


def status_of(refusal: Refusal) -> int:
    return 409 if isinstance(refusal, Conflict) else 422


async def read_account(desk: Desk, customer_id: str, asked: AccountAsked) -> AccountPage:
    shop_id = desk.member.shop.id
    names = await desk.control.recall((names_in, shop_id), desk.at, names_in, shop_id)
    reader = Reader(desk.member, desk.at, names)
    return await desk.read(account_page, reader, customer_id, asked)


async def show_written(desk: Desk, customer_id: str, entry_id: str) -> Response[bytes]:
    """After a line is written: the account with it, for htmx in place, otherwise as a page."""
    if not is_htmx(desk.request):
        home = f"/s/{desk.member.shop.id}/customers/{customer_id}"
        return redirect_after_post(desk.request, f"{home}?recorded={entry_id}")
    page = await read_account(desk, customer_id, AccountAsked(recorded=entry_id))
    return render(desk.request, "ledger/_written.html", page, headers={"HX-Trigger": "written"})
