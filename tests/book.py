"""A book in memory, of the real schema, for tests that need neither a file nor a program.

The cast: Umm Salim owns the shop, Karim sells in it, Abu Ali owes, Hamdan supplies flour.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from daftari.customers.actions import add_customer
from daftari.customers.rules import CustomerRole, Details
from daftari.customers.rules.commands import AddCustomer
from daftari.db import migrate
from daftari.db.base import WriteTx
from daftari.db.engine import begin_write, engine_on
from daftari.db.migrate import Family
from daftari.identity.rules import Member, Person, Role, Shop
from daftari.kernel.ids import new_id
from daftari.kernel.money import POINT
from daftari.ledger.actions import Recorded, record_entry, reverse_entry
from daftari.ledger.actions.verify import verify_book
from daftari.ledger.rules.chain import GENESIS, ChainHead
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.proof import Fault

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SHOP = Shop(
    id=new_id(),
    name="بقالة النور",
    country="SA",
    currency="SAR",
    zone="Asia/Riyadh",
    digits="latn",
    notation=POINT,
    weekend=(4, 5),
    calendar="gregorian",
    due_days=30,
)
UMM_SALIM = Member(
    Person("01a20700-0000-7000-8000-000000000001", "أم سليم", "+966500000001", "ar"),
    SHOP,
    Role.OWNER,
)
KARIM = replace(
    UMM_SALIM,
    person=Person("01a20700-0000-7000-8000-000000000002", "كريم", "+966500000003", "ar"),
    role=Role.CASHIER,
)
EMPTY = ChainHead(0, GENESIS)


@dataclass(slots=True)
class Book:
    """A shop's book. Every call is a transaction of its own, a minute after the one before."""

    engine: Engine
    driver: Any
    at: datetime = NOW

    def write(self, fn: Callable[..., Any], *args: Any) -> Any:
        with begin_write(self.engine) as tx:
            return fn(tx, *args)

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What no action would do."""
        return self.driver.execute(statement, values).fetchall()

    def customer(self, name: str = "أبو علي", **details: Any) -> str:
        command = AddCustomer(new_id(), Details(name, **details), same_name_ok=True)
        return self.write(add_customer, UMM_SALIM, self.at, command).customer_id

    def supplier(self, name: str = "حمدان", **details: Any) -> str:
        return self.customer(name, role=CustomerRole.SUPPLIER, **details)

    def entry(
        self,
        customer_id: str,
        kind: Kind,
        amount_minor: int,
        *,
        by: Member = UMM_SALIM,
        **rest: Any,
    ) -> Recorded:
        rest = {"id": new_id(), "currency": "SAR"} | rest
        command = RecordEntry(customer_id=customer_id, kind=kind, amount_minor=amount_minor, **rest)
        return self.record(command, by=by)

    def record(self, command: RecordEntry, *, by: Member = UMM_SALIM) -> Recorded:
        self.at += timedelta(minutes=1)
        return self.write(record_entry, by, self.at, command)

    def reversal(self, entry_id: str, *, by: Member = UMM_SALIM, **rest: Any) -> Recorded:
        self.at += timedelta(minutes=1)
        command = ReverseEntry(**{"id": new_id(), "entry_id": entry_id, **rest})
        return self.write(reverse_entry, by, self.at, command)

    def faults(self, copied: ChainHead = EMPTY) -> list[Fault]:
        return list(self.write(verify_book, "SAR", copied).faults)


@contextmanager
def open_book(path: Path | str = ":memory:") -> Iterator[Book]:
    """An empty book in memory, or in a plain file."""
    driver = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    driver.execute("PRAGMA foreign_keys=ON")
    _empty().backup(driver)
    try:
        yield Book(engine_on(driver), driver)
    finally:
        driver.close()


@cache
def _empty() -> Any:
    driver = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    with begin_write(engine_on(driver)) as tx:
        _migrate(tx)
    return driver


def _migrate(tx: WriteTx) -> None:
    migrate.upgrade(tx, Family.SHOP)
