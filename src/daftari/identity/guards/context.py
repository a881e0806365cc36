"""The context of a request inside a shop: member, shop, time and databases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ParamSpec, TypeVar

from daftari.db.base import WriteTx
from daftari.db.connection import ReadUnit
from daftari.db.control import Control
from daftari.db.shops import Shops
from daftari.identity.rules import Member
from daftari.kernel.clock import civil_date
from daftari.web.requests import AnyRequest

Command = TypeVar("Command")
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ShopContext:
    """The member, shop, time and databases of a request, for route handlers inside a shop."""

    request: AnyRequest
    member: Member
    shops: Shops
    control: Control
    at: datetime

    @classmethod
    def of(cls, request: AnyRequest) -> "ShopContext":
        """The context of a request whose path has `{shop:str}`, after the access guard."""
        state, member = request.app.state, request.scope["state"]["member"]
        return cls(request, member, state.shops, state.control, state.clock.now())

    @property
    def today(self) -> date:
        """The current date in the shop's time zone."""
        return civil_date(self.at, self.member.shop.zone)

    async def read(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, *args)` in a read transaction on the shop's file."""
        return await self.shops.read(self.member.shop.id, fn, *args, **kwargs)

    async def do(
        self, verb: Callable[[WriteTx, Member, datetime, Command], T], command: Command
    ) -> T:
        """Run an action of the member in one write transaction on the shop's file."""
        return await self.shops.write(self.member.shop.id, verb, self.member, self.at, command)
