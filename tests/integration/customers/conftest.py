"""Umm Salim's shop on a real encrypted file, and the people who come to its door."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
import pytest
from litestar import Litestar

from daftari.db.shops import Shops
from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Member, Person, Role
from daftari.identity.rules.commands import NewShop
from daftari.identity.store.access import find_member
from daftari.identity.store.people import insert_membership, insert_person
from daftari.kernel.ids import new_id
from tests.integration.conftest import NOW, StandingClock
from tests.integration.ledger.shop_client import page_of, seen_on

Browser = Callable[..., httpx.AsyncClient]


@dataclass(frozen=True, slots=True)
class Book:
    """The shop's file, and Umm Salim who writes in it."""

    shops: Shops
    owner: Member
    clock: StandingClock

    @property
    def shop_id(self) -> str:
        return self.owner.shop.id

    async def do(self, verb: Callable[..., Any], *args: Any, by: Member | None = None) -> Any:
        """Let somebody do an act now: `verb(tx, member, at, …)`."""
        return await self.write(verb, by or self.owner, self.clock.now(), *args)

    async def write(self, fn: Callable[..., Any], *args: Any) -> Any:
        return await self.shops.write(self.shop_id, fn, *args)

    async def read(self, fn: Callable[..., Any], *args: Any) -> Any:
        return await self.shops.read(self.shop_id, fn, *args)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser at the shop's door."""

    browser: httpx.AsyncClient
    shop_url: str

    async def get(self, path: str) -> httpx.Response:
        return await self.browser.get(self.shop_url + path)

    async def post(self, path: str, **typed: str) -> httpx.Response:
        """Submit a form; one that shows a state is looked at first, unless `seen` is given."""
        if "seen" not in typed and (page := page_of(path)):
            typed |= {"seen": seen_on(await self.get(page))}
        return await self.browser.post(self.shop_url + path, data=typed)


@pytest.fixture
async def book(app: Litestar, clock: StandingClock) -> Book:
    umm_salim = Person(new_id(), "أم سليم", "+966500000001", "ar")
    shop_id = await open_for(app, umm_salim, "بقالة النور")
    return Book(app.state.shops, await member_of(app, umm_salim.id, shop_id), clock)


@pytest.fixture
async def cashier(app: Litestar, book: Book) -> Member:
    return await hire(app, book, Role.CASHIER)


@pytest.fixture
async def umm_salim(app: Litestar, browser: Browser, book: Book) -> Visitor:
    return await visitor(app, browser(), book, book.owner.person.id)


@pytest.fixture
async def karim(app: Litestar, browser: Browser, book: Book, cashier: Member) -> Visitor:
    """Works at the till."""
    return await visitor(app, browser(), book, cashier.person.id)


@pytest.fixture
async def huda(app: Litestar, browser: Browser, book: Book) -> Visitor:
    """Owns another shop, and knocks at this one."""
    huda = Person(new_id(), "هدى", "+966500000002", "ar")
    await open_for(app, huda, "مخبز هدى")
    return await visitor(app, browser(), book, huda.id)


async def open_for(app: Litestar, owner: Person, name: str) -> str:
    shop = NewShop(new_id(), name, "SA", owner)
    wrapped_key = await app.state.shops.create(shop.id)
    await app.state.control.write(open_shop, shop, wrapped_key, NOW)
    return shop.id


async def hire(app: Litestar, book: Book, role: Role) -> Member:
    person = Person(new_id(), "كريم", "+966500000003", "ar")
    await app.state.control.write(insert_person, person, NOW)
    await app.state.control.write(insert_membership, person.id, book.shop_id, role, NOW)
    return await member_of(app, person.id, book.shop_id)


async def member_of(app: Litestar, person_id: str, shop_id: str) -> Member:
    token = await sign_in(app, person_id, NOW)
    digest = hashlib.sha256(token.encode()).digest()
    _, member = await app.state.control.read(find_member, digest, shop_id, NOW)
    assert member is not None
    return member


async def visitor(app: Litestar, browser: httpx.AsyncClient, book: Book, person_id: str) -> Visitor:
    browser.cookies.set(app.state.session_cookie, await sign_in(app, person_id, NOW))
    return Visitor(browser, f"/s/{book.shop_id}")


async def sign_in(app: Litestar, person_id: str, at: datetime) -> str:
    return await app.state.control.write(begin_session, person_id, None, "", at)
