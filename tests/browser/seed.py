"""Books that are already written when the server starts."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import text

from daftari.customers.actions import add_customer, freeze_customer
from daftari.customers.rules import CustomerRole, Details
from daftari.customers.rules.commands import AddCustomer
from daftari.db.databases import Databases, open_databases
from daftari.identity.actions.recovery import keep_codes, make_codes
from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Member, Person, Role
from daftari.identity.rules.commands import NewShop
from daftari.identity.store.access import find_member
from daftari.identity.store.people import insert_membership, insert_person
from daftari.kernel.clock import Clock, civil_date
from daftari.kernel.ids import new_id
from daftari.ledger.actions import make_plan, make_promise, record_entry, reverse_entry
from daftari.ledger.forms import PlanForm
from daftari.ledger.rules.commands import MakePromise, RecordEntry, ReverseEntry
from daftari.ledger.rules.kinds import Kind, Method
from daftari.settings import Settings


@dataclass
class Shop:
    """A shop on disk. `token`: its owner's session; `people`: customers by name; `staff`: the
    sessions of those who work there, by name.
    """

    databases: Databases
    member: Member
    token: str
    at: datetime
    people: dict[str, str] = field(default_factory=dict)
    last_entry: str = ""
    staff: dict[str, str] = field(default_factory=dict)
    last_plan: str = ""

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

    async def hire(self, name: str, role: Role = Role.CASHIER) -> None:
        """Somebody works here from now on, and is signed in."""
        shop_id, write = self.member.shop.id, self.databases.control.write
        phone = f"+9665{int(shop_id.replace('-', '')[-6:], 16):08d}"
        person = Person(new_id(), name, phone, "ar")
        await write(insert_person, person, self.at)
        await write(insert_membership, person.id, shop_id, role, self.at)
        self.staff[name] = await write(begin_session, person.id, shop_id, "", self.at)

    async def promise(self, name: str, minor: int | None, *, due_in: int, ago: int = 0) -> None:
        """Given so many days `ago`, to be kept so many days from today."""
        day = self.today + timedelta(days=due_in)
        command = MakePromise(new_id(), self.people[name], "SAR", day, minor, "بعد صلاة العصر")
        now = self.at
        self.at -= timedelta(days=ago)
        await self._write(make_promise, command)
        self.at = now

    async def plan(self, name: str, **typed: str) -> None:
        """From a month from now on, every month."""
        first_on = str(self.today + timedelta(days=30))
        form = PlanForm(**{"id": new_id(), "first_on": first_on, "count": "6", **typed})
        command = form.command(
            self.member.shop, self.people[name], self.today, lambda one, of: f"القسط {one} من {of}"
        )
        self.last_plan = command.id
        await self._write(make_plan, command)

    async def freeze(self, name: str) -> None:
        await self._write(freeze_customer, self.people[name])

    async def _write(self, verb: Any, what: Any) -> None:
        self.at += timedelta(milliseconds=1)
        shop_id = self.member.shop.id
        await self.databases.shops.write(shop_id, verb, self.member, self.at, what)


def run(work: Any) -> Any:
    """Await in a thread of its own: Playwright's loop holds this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, work).result()


def settings_of(data: Path) -> Settings:
    return Settings(data=data, master_key_file=data / "master.key", reserve_bytes=0)


async def make_it_noon(databases: Databases, shop_id: str) -> None:
    """About noon in this shop, whenever this runs: by night nobody is reminded."""
    zone = f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"
    moved = text("UPDATE shops SET zone = :zone WHERE id = :id")
    await databases.control.write(lambda tx: tx.execute(moved, {"zone": zone, "id": shop_id}))


async def fill(data: Path, *writers: Any) -> list[Shop]:
    """One shop for each writer, `await writer(shop)`, in a data folder no server has yet."""
    async with open_databases(settings_of(data)) as databases:
        shops = [await _open(databases, f"+96650000000{n}") for n in range(len(writers))]
        for shop, write in zip(shops, writers, strict=True):
            await write(shop)
    return shops


async def _open(databases: Databases, phone: str) -> Shop:
    now = Clock().now()
    owner, shop_id = Person(new_id(), "أم سليم", phone, "ar"), new_id()
    shop = NewShop(shop_id, "بقالة النور", "SA", owner)
    await databases.control.write(open_shop, shop, await databases.shops.create(shop_id), now)
    for verb in (make_codes, keep_codes):
        await databases.control.write(verb, owner.id, now)
    token = await databases.control.write(begin_session, owner.id, shop_id, "", now)
    digest = sha256(token.encode()).digest()
    _, member = await databases.control.read(find_member, digest, shop_id, now)
    assert member is not None
    return Shop(databases, replace(member), token, now)


async def nothing(_: Shop) -> None:
    """A book whose first page is still clean."""


async def a_few(shop: Shop) -> None:
    """Three people, so that a search can narrow the list."""
    await shop.add("أبو علي", phone="+966501234567")
    await shop.add("فاطمة الزهراني")
    await shop.add("سالم")
    await shop.entry("فاطمة الزهراني", Kind.DEBT, 38000)
    await shop.entry("سالم", Kind.DEBT, 9625)


async def with_something_late(shop: Shop) -> None:
    """The same, and Noura, who owes 886.25, of which 579.75 is late."""
    await a_few(shop)
    await shop.add("نورة")
    await shop.entry("نورة", Kind.DEBT, 57975, days_ago=20, due_in=-9)
    await shop.entry("نورة", Kind.DEBT, 30650, due_in=20)


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
        neighbourhood="حي الروضة",
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
    await shop.add(
        "مؤسسة الحليب الطازج",
        role=CustomerRole.SUPPLIER,
        phone="+966551234567",
        neighbourhood="المنطقة الصناعية، شارع 5",
    )
    await shop.entry("مؤسسة الحليب الطازج", Kind.DEBT, 231000, due_in=3)
    await shop.add("شركة " + "الأمانة" * 10, nickname="Al-Amana International")
    await shop.entry("شركة " + "الأمانة" * 10, Kind.DEBT, 999_999_999_999_999, due_in=0)
    await shop.add("نورة")
    await shop.entry("نورة", Kind.PAYMENT, 5000, paid_by="فاعل خير")
    await shop.add("سالم")
    await shop.entry("سالم", Kind.DEBT, 500)
    await shop.entry("سالم", Kind.DISCOUNT, 500)
    await shop.freeze("سالم")
    await agreed(shop, "سلمى العتيبي")
    await shop.add("جديد لم يُكتب عليه")


async def agreed(shop: Shop, name: str) -> None:
    """Somebody with a payday, promises of every outcome, and a plan half paid."""
    await shop.add(name, payday="day:27", phone="+966501234577")
    await shop.entry(name, Kind.DEBT, 30000, days_ago=20, due_in=-5)
    await shop.promise(name, 20000, due_in=-3, ago=9)
    await shop.promise(name, 5000, due_in=1, ago=2)
    await shop.entry(name, Kind.PAYMENT, 5000)
    await shop.promise(name, 12345, due_in=2, ago=1)
    await shop.promise(name, None, due_in=3)
    await shop.plan(name, amount="1234.56", paid_down="100", note="غسالة سامسونج ١٢ كيلو")
    await shop.entry(name, Kind.PAYMENT, 60000)
    await shop.entry(name, Kind.DEBT, 100, currency="USD", due_in=0)
