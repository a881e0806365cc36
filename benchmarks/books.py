"""The books that are measured: made by the real verbs once, kept in `benchmarks/.made`.

One installation with three shops, `small` (100 customers, 2,000 entries), `large` (10,000 and
200,000) and `phone` (5,000 and 20,000), each with one customer more whose account is long; and a
plain SQLite file with the rows of the small shop, for the bare app. Each run works on a copy.
"""

import asyncio
import hashlib
import shutil
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import RowMapping, Table, create_engine, func, insert, select

from benchmarks import bare
from daftari.cli.demo_story import Scene, tell
from daftari.customers.actions import add_customer
from daftari.customers.rules import Details
from daftari.customers.rules.commands import AddCustomer
from daftari.customers.tables import customers
from daftari.db.base import ReadTx, WriteTx
from daftari.db.databases import Databases, open_databases
from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.shops import change_settings, get_shop, open_shop, settings_of
from daftari.identity.rules import Member, Person
from daftari.identity.rules.commands import NewShop
from daftari.identity.store.access import find_member
from daftari.identity.tables import memberships, shops
from daftari.kernel.ids import new_id
from daftari.ledger.actions import record_entry
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.tables import entries, entry_texts
from daftari.settings import Settings

ROOT = Path(__file__).parents[1]
MADE = Path(__file__).parent / ".made"
SIZES = {"small": (100, 20), "large": (10_000, 20), "phone": (5_000, 4)}
LONG_ACCOUNT = 400
WRITTEN_TO = 100
DEEDS_IN_ONE_WRITE = 10_000
PHONE = "+966500009999"
DUE_DAYS = 30


@dataclass(frozen=True, slots=True)
class Book:
    """A shop to be asked. `customers`: those who are written to; `long`: who has 400 lines."""

    shop_id: str
    owner: str
    token: str
    customers: tuple[str, ...]
    long: str


@dataclass(frozen=True, slots=True)
class Books:
    """A fresh copy of everything: the data folder, the bare app's file, the three shops."""

    data: Path
    bare: Path
    small: Book
    large: Book
    phone: Book


def prepare() -> Books:
    """Copy what is kept, after making it where it is missing or of an older schema."""
    kept = MADE / _digest()
    if not (kept / "bare.db").exists():
        _forget()
        print("  making the books (100 and 10,000 customers), once …", file=sys.stderr)
        asyncio.run(_make(kept))
    run = MADE / "run"
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(kept, run)
    return asyncio.run(_sign_in(run))


def settings_for(data: Path) -> Settings:
    return Settings(data=data, master_key_file=data / "master.key")


def _forget() -> None:
    shutil.rmtree(MADE, ignore_errors=True)
    MADE.mkdir()
    (MADE / ".gitignore").write_text("*\n")


def _digest() -> str:
    """Of everything the kept books follow from."""
    source = ROOT / "src" / "daftari"
    made_by = [*(ROOT / "migrations").rglob("*.py"), *(source / "cli").glob("demo*.py")]
    made_by += [Path(__file__), Path(bare.__file__)]
    total = hashlib.sha256()
    for path in sorted(made_by):
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


async def _make(kept: Path) -> None:
    async with open_databases(settings_for(kept / "data")) as databases:
        for count, each in SIZES.values():
            await make_book(databases, count, each)
        small = (await _shop_ids(databases))[0]
        rows = await databases.shops.read(small, _plain_rows)
    _write_bare(kept / "bare.db", *rows)


async def make_book(databases: Databases, count: int, each: int) -> str:
    """The demo's story, written as the demo writes it, in larger transactions."""
    now = datetime.now(UTC)
    new = NewShop(new_id(), "بقالة النور", "SA", Person(new_id(), "أم سليم", PHONE, "ar"))
    wrapped_key = await databases.shops.create(new.id)
    await databases.control.write(open_shop, new, wrapped_key, now)
    shop = await databases.control.read(get_shop, new.id)
    settings = replace(settings_of(shop), due_days=DUE_DAYS)
    await databases.control.write(change_settings, shop.id, settings, new.owner.id, now)
    member, _ = await enter(databases, new.id)
    story = tell(1, count, each, now)
    for start in range(0, len(story), DEEDS_IN_ONE_WRITE):
        part = story[start : start + DEEDS_IN_ONE_WRITE]
        await databases.shops.write(new.id, _play, member, part)
    await databases.shops.write(new.id, add_account, member, LONG_ACCOUNT)
    return new.id


def _play(tx: WriteTx, member: Member, part: list[Scene]) -> None:
    tx.exec_driver_sql("PRAGMA cache_size = -262144")  # while writing in bulk only
    for scene in part:
        scene.verb(tx, member, scene.at, scene.command)


async def _sign_in(run: Path) -> Books:
    async with open_databases(settings_for(run / "data")) as databases:
        found = [await _book(databases, shop_id) for shop_id in await _shop_ids(databases)]
    return Books(run / "data", run / "bare.db", *found)


async def _book(databases: Databases, shop_id: str) -> Book:
    member, token = await enter(databases, shop_id)
    ids = await databases.shops.read(member.shop.id, _customer_ids)
    long = await databases.shops.read(member.shop.id, _long_account)
    return Book(shop_id, member.person.id, token, tuple(ids), long)


async def _shop_ids(databases: Databases) -> list[str]:
    """In the order of `SIZES`: so they were opened."""
    in_order = select(shops.c.id).order_by(shops.c.created_at)
    return list(await databases.control.read(lambda tx: tx.scalars(in_order).all()))


async def enter(databases: Databases, shop_id: str) -> tuple[Member, str]:
    """The shop's owner, signed in just now, and the token of the cookie."""
    now = datetime.now(UTC)
    owner = select(memberships.c.person_id).where(memberships.c.shop_id == shop_id)
    person_id = await databases.control.read(lambda tx: tx.scalars(owner).one())
    token = await databases.control.write(begin_session, person_id, shop_id, "bench", now)
    digest = hashlib.sha256(token.encode()).digest()
    _, member = await databases.control.read(find_member, digest, shop_id, now)
    assert member is not None
    return member, token


def add_account(tx: WriteTx, member: Member, lines: int, at: datetime | None = None) -> str:
    """One customer with so many lines of `at` or now, a payment after every three debts."""
    now, customer_id = at or datetime.now(UTC), new_id()
    details = Details("عبد العزيز صاحب الحساب الطويل", "أبو علي", phone="+966501112233")
    add_customer(tx, member, now, AddCustomer(customer_id, details, same_name_ok=True))
    for number in range(lines):
        kind, amount = (Kind.PAYMENT, 5_000) if number % 4 == 3 else (Kind.DEBT, 2_575)
        note = "" if kind is Kind.PAYMENT else "خبز وحليب"
        command = RecordEntry(new_id(), customer_id, kind, amount, "SAR", note=note)
        record_entry(tx, member, now, command)
    return customer_id


def _customer_ids(tx: ReadTx) -> list[str]:
    some = select(customers.c.id).where(customers.c.role == "customer").order_by(customers.c.id)
    return list(tx.scalars(some.limit(WRITTEN_TO)))


def _long_account(tx: ReadTx) -> str:
    newest = select(entries.c.customer_id).order_by(entries.c.sequence.desc()).limit(1)
    return str(tx.scalar(newest))


def _plain_rows(tx: ReadTx) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The customers and entries of a book, as the bare app's tables have them."""
    words = entries.outerjoin(entry_texts, entry_texts.c.entry_id == entries.c.id)
    note = func.coalesce(entry_texts.c.note, "").label("note")
    lines = select(entries, note).select_from(words)
    return (
        [_only(bare.customers, row) for row in tx.execute(select(customers)).mappings()],
        [_only(bare.entries, row) for row in tx.execute(lines).mappings()],
    )


def _only(table: Table, row: RowMapping) -> dict[str, Any]:
    known = {column.name: row[column.name] for column in table.columns}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in known.items()
    }


def _write_bare(file: Path, people: list[dict[str, Any]], lines: list[dict[str, Any]]) -> None:
    engine = create_engine(f"sqlite:///{file}")
    bare.tables.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(bare.customers), people)
        connection.execute(insert(bare.entries), lines)
    engine.dispose()
