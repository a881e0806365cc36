"""The desk at which a member of a shop stands: what every door inside a shop needs."""

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
    """Who asks, in which shop, when, and the doors to the shop's book and to the control file."""

    request: AnyRequest
    member: Member
    shops: Shops
    control: Control
    at: datetime

    @classmethod
    def of(cls, request: AnyRequest) -> "ShopContext":
        """For a handler whose path holds `{shop:str}`: the guard has let a member in."""
        databases, member = request.app.state, request.scope["state"]["member"]
        return cls(request, member, databases.shops, databases.control, databases.clock.now())

    @property
    def today(self) -> date:
        """The day on the shop's own calendar."""
        return civil_date(self.at, self.member.shop.zone)

    async def read(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Read the shop's book: `fn(tx, *args)`."""
        return await self.shops.read(self.member.shop.id, fn, *args, **kwargs)

    async def do(
        self, verb: Callable[[WriteTx, Member, datetime, Command], T], command: Command
    ) -> T:
        """Let the member do a deed now: one write of the shop's book."""
        return await self.shops.write(self.member.shop.id, verb, self.member, self.at, command)
