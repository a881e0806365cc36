"""The context of a request: what a route handler gets as its parameter `context`.

Litestar passes it by name; the handler's annotation says which one its route has:
`context: NamedDependency[ShopContext]` for a path with `{shop:str}`, `RequestContext` for a public
route, `PersonContext` for any other. A wrong annotation fails at every request.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ParamSpec, TypeVar

from daftari.db.base import ReadTx, WriteTx
from daftari.db.connection import ReadUnit, StorageFull
from daftari.db.control import Control
from daftari.db.narrowing import narrowed, read_narrowed
from daftari.db.shops import ShopAhead, ShopDamaged, Shops
from daftari.identity.actions.people import membership_in, names_in
from daftari.identity.guards.access import may_enter
from daftari.identity.rules import Member, Person, Session
from daftari.identity.rules.branches import Branch, branch_with
from daftari.kernel.clock import Clock
from daftari.kernel.distinct import DistinctCounter
from daftari.kernel.refusal import Missing
from daftari.settings import Settings
from daftari.web.hx import is_htmx
from daftari.web.requests import AnyRequest
from daftari.web.view import Frame

Command = TypeVar("Command")
P = ParamSpec("P")
T = TypeVar("T")
Page = TypeVar("Page")
Framed = tuple[Page, Frame]


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The request, its time, the databases and the settings.

    `at`: when the request began; its body may take minutes more, and a write has a time of its own.
    `session`: None when nobody is signed in, and on a public route without `optional_session`.
    `derived` and `unlock`: keys for a purpose and of a person's phones, see `Databases`.
    `send_text(phone, text)`: sends a text message to one of our people, and says whether it left;
    None where the operator has set up no way to.
    """

    request: AnyRequest
    at: datetime
    clock: Clock
    control: Control
    shops: Shops
    settings: Settings
    derived: Callable[[str], bytes]
    unlock: Callable[[str], str]
    send_text: Callable[[str, str], Awaitable[bool]] | None
    session: Session | None


@dataclass(frozen=True, slots=True)
class PersonContext(RequestContext):
    """The context of a request whose sender is signed in."""

    session: Session

    @property
    def person(self) -> Person:
        return self.session.person


@dataclass(frozen=True, slots=True)
class ShopContext(PersonContext):
    """The context of a request inside a shop, sent by one of its members. `looks`: how much each
    member of a shop looked at within an hour, in this process.
    """

    member: Member
    frame_of: Callable[[ReadTx, Member, datetime], Frame]
    looks: DistinctCounter

    @property
    def today(self) -> date:
        """The current business day of the shop."""
        return self.member.shop.day_of(self.at)

    @property
    def read_branch(self) -> Branch | None:
        """The branch that the request reads: the only one that its sender sees, or the one that the
        address names, where its route has `by_branch=True`; None for all.

        Raises `Missing` for one that he does not see.
        """
        only = self.member.only_branch
        asked = self.request.query_params.get("branch")
        if not asked or not self.request.route_handler.opt.get("by_branch"):
            return only
        chosen = branch_with(self.member.shop.branches, asked)
        if chosen is None or only not in (None, chosen):
            raise Missing(asked)
        return chosen

    def require_whole_shop(self) -> None:
        """Raise `Missing` for who sees one branch alone: what is asked for is of all of them."""
        if self.member.only_branch is not None:
            raise Missing(self.member.shop.id)

    async def names(self) -> Mapping[str, str]:
        """The names of the shop's people by id; at most five seconds old."""
        shop_id = self.member.shop.id
        return await self.control.read_cached((names_in, shop_id), self.at, names_in, shop_id)

    async def read(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, *args)` in a read transaction on the shop's file, narrowed to the branch that
        the request reads.
        """
        shop_id, branch = self.member.shop.id, self.read_branch
        return await self.shops.read(shop_id, read_narrowed, branch, fn, *args, **kwargs)

    async def read_page(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The view model of a page from `read`; a whole page is read together with its frame."""
        read = self.read if is_htmx(self.request) else self.read_framed
        return await read(fn, *args, **kwargs)

    async def read_framed(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """`fn(tx, *args)`, and in the same transaction what the frame around a page shows."""
        return self._framed(
            await self.read(
                lambda tx: (fn(tx, *args, **kwargs), self.frame_of(tx, self.member, self.at))
            )
        )

    async def read_frame(self) -> None:
        """Read what the frame shows, for a page that reads nothing else of the shop's file.

        Such a page is also shown where the file cannot be read.
        """
        with suppress(ShopDamaged, ShopAhead, StorageFull):
            await self.read_page(lambda _: None)

    async def do(
        self, verb: Callable[[WriteTx, Member, datetime, Command], T], command: Command
    ) -> T:
        """Run an action of the member in one write transaction on the shop's file.

        Its time is that of the transaction: later ones have a later time, as the clock has it. So
        are the member's role and permissions: who lost them while the request was on its way is
        answered as who never had them. Raises `Missing`.
        """
        return await self.shops.write(
            self.member.shop.id,
            lambda tx: verb(tx, self.member_now(), self.clock.now(), command),
        )

    def member_now(self) -> Member:
        """The member as he is now, in the thread of the shop's file. Raises `Missing`."""
        key = self.member.shop.id, self.member.person.id
        now: Member | None = self.control.read_beside(
            (membership_in, *key), self.at, membership_in, *key
        )
        if now is None or not may_enter(now, self.request.route_handler.opt, self.clock.now()):
            raise Missing(self.member.person.id)
        return replace(now, session_id=self.session.id)

    def member_of(self, person_id: str) -> Member | None:
        """Another member as he is now, in the thread of the shop's file; None for who is none."""
        key = self.member.shop.id, person_id
        found: Member | None = self.control.read_beside(
            (membership_in, *key), self.at, membership_in, *key
        )
        return found

    async def do_framed(
        self,
        verb: Callable[[WriteTx, Member, datetime, Command], T],
        command: Command,
        shown: Callable[[ReadTx, T], Page],
    ) -> Page:
        """`do`, and in the same transaction the page of its result, and what the frame shows."""

        def written(tx: WriteTx, member: Member, at: datetime, command: Command) -> Framed[Page]:
            done = verb(tx, member, at, command)
            with narrowed(tx, member.only_branch):
                return shown(tx, done), self.frame_of(tx, member, self.at)

        return self._framed(await self.do(written, command))

    def _framed(self, read: Framed[Page]) -> Page:
        """The page of the two, once its frame is where `view_of` finds it."""
        page, self.request.scope["state"]["frame"] = read
        return page


def provide_context(request: AnyRequest) -> RequestContext:
    """The context of a request that the access guard let through; of exactly its route's class."""
    state, seen = request.app.state, request.scope["state"]
    opened = state.control, state.shops, state.settings, state.derived, state.unlock
    common = request, state.clock.now(), state.clock, *opened, state.send_text
    if request.route_handler.opt.get("public"):
        return RequestContext(*common, seen.get("session"))
    if "shop" in request.path_params:
        of_shop = seen["session"], seen["member"], state.frame_of, state.looks
        return ShopContext(*common, *of_shop)
    return PersonContext(*common, seen["session"])
