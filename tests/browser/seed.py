"""Books that are already written when the server starts."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from daftari.accounts.actions.sessions import begin_session
from daftari.accounts.actions.shops import NewShop, open_shop
from daftari.accounts.rules import Member, Person
from daftari.accounts.store.access import find_member
from daftari.customers.actions import add_customer, freeze_customer
from daftari.customers.forms import AddCustomer
from daftari.customers.rules import CustomerRole, Details
from daftari.db.house import House, open_house
from daftari.kernel.clock import Clock, civil_date
from daftari.kernel.ids import new_id
from daftari.ledger.actions import record_entry, reverse_entry
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.kinds import Kind, Method
from daftari.settings import Settings


@dataclass
class Shop:
    """A shop on disk. `token`: its owner's session; `people`: customers by name."""

    house: House
    member: Member
    token: str
    at: datetime
    people: dict[str, str] = field(default_factory=dict)
    last_entry: str = ""

    @property
    def home(self) -> str:
        return f"/s/{self.member.shop.id}"

    @property
    def today(self) -> date:
        return civil_date(self.at, self.member.shop.zone)

    def account(self, name: str) -> str:
        return f"{self.home}/customers/{self.people[name]}"

    async def add(self, name: str, **details: Any) -> str:
        command = AddCustomer(new_id(), Details(name, **details), same_name_ok=True)
        await self._write(add_customer, command)
        return self.people.setdefault(name, command.id)

    async def entry(self, name: str, kind: Kind, minor: int, **more: Any) -> None:
        """`days_ago`, `due_in`: days from today."""
        day = self.today - timedelta(days=more.pop("days_ago", 0))
        if (due_in := more.pop("due_in", None)) is not None:
            more["due_on"] = self.today + timedelta(days=due_in)
        self.last_entry = new_id()
        line = {"currency": self.member.shop.currency, "occurred_on": day, **more}
        await self._write(
            record_entry, RecordEntry(self.last_entry, self.people[name], kind, minor, **line)
        )

    async def reverse_last(self) -> None:
        await self._write(reverse_entry, ReverseEntry(new_id(), self.last_entry, "كُتب مرتين"))

    async def freeze(self, name: str) -> None:
        await self._write(freeze_customer, self.people[name])

    async def _write(self, verb: Any, what: Any) -> None:
        self.at += timedelta(milliseconds=1)
        shop_id = self.member.shop.id
        await self.house.shops.write(shop_id, verb, self.member, self.at, what)


def run(work: Any) -> Any:
    """Await in a thread of its own: Playwright's loop holds this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, work).result()


async def fill(data: Path, *writers: Any) -> list[Shop]:
    """One shop for each writer, `await writer(shop)`, in a data folder no server has yet."""
    settings = Settings(data=data, master_key_file=data / "master.key", reserve_bytes=0)
    async with open_house(settings) as house:
        shops = [await _open(house, f"+96650000000{n}") for n in range(len(writers))]
        for shop, write in zip(shops, writers, strict=True):
            await write(shop)
    return shops


async def _open(house: House, phone: str) -> Shop:
    now = Clock().now()
    owner, shop_id = Person(new_id(), "أم سليم", phone, "ar"), new_id()
    shop = NewShop(shop_id, "بقالة النور", "SA", owner)
    await house.control.write(open_shop, shop, await house.shops.create(shop_id), now)
    token = await house.control.write(begin_session, owner.id, shop_id, "", now)
    digest = sha256(token.encode()).digest()
    _, member = await house.control.read(find_member, digest, shop_id, now)
    assert member is not None
    return Shop(house, replace(member), token, now)


async def nothing(_: Shop) -> None:
    """A book whose first page is still clean."""


async def a_few(shop: Shop) -> None:
    """Three people, so that a search can narrow the list."""
    await shop.add("أبو علي", phone="+966501234567")
    await shop.add("فاطمة الزهراني")
    await shop.add("سالم")
    await shop.entry("فاطمة الزهراني", Kind.DEBT, 38000)
    await shop.entry("سالم", Kind.DEBT, 9625)


async def a_full_one(shop: Shop) -> None:
    """Everybody a page may have to show, and more people than one page holds."""
    for n in range(48):
        await shop.add(f"زبون {n}")
        if n % 3:
            await shop.entry(f"زبون {n}", Kind.DEBT, 1000 + n, days_ago=n, due_in=30 - n)
    await shop.add(
        "أبو علي الخباز",
        nickname="أبو فاروق",
        phone="+966501234567",
        note="جار المسجد",
        credit_limit_minor=100000,
    )
    for n in range(60):
        kind, method = (Kind.PAYMENT, Method.CASH) if n % 4 == 3 else (Kind.DEBT, None)
        note = "خبز وحليب ومقاضي الأسبوع كلها" if n % 2 else ""
        due_in = None if method else n - 50
        await shop.entry(
            "أبو علي الخباز",
            kind,
            4550 + n,
            days_ago=60 - n,
            due_in=due_in,
            method=method,
            note=note,
        )
    await shop.reverse_last()
    await shop.entry("أبو علي الخباز", Kind.DEBT, 1000, currency="USD", taker="نواف")
    await shop.add("مؤسسة الحليب الطازج", role=CustomerRole.SUPPLIER, phone="+966551234567")
    await shop.entry("مؤسسة الحليب الطازج", Kind.DEBT, 231000, due_in=3)
    await shop.add("شركة " + "الأمانة" * 10, nickname="Al-Amana International")
    await shop.entry("شركة " + "الأمانة" * 10, Kind.DEBT, 999_999_999_999_999, due_in=0)
    await shop.add("نورة")
    await shop.entry("نورة", Kind.PAYMENT, 5000, paid_by="فاعل خير")
    await shop.add("سالم")
    await shop.entry("سالم", Kind.DEBT, 500)
    await shop.entry("سالم", Kind.DISCOUNT, 500)
    await shop.freeze("سالم")
    await shop.add("جديد لم يُكتب عليه")
