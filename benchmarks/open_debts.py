"""Writing to an account with 4,000 open debts: a payment that covers two, and its reversal."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.books import enter, make_book, settings_for
from daftari.customers.actions import add_customer
from daftari.customers.rules import Details
from daftari.customers.rules.commands import AddCustomer
from daftari.db.base import WriteTx
from daftari.db.databases import open_databases
from daftari.identity.rules import Member
from daftari.kernel.ids import new_id
from daftari.ledger.actions import record_entry, reverse_entry
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.kinds import Kind

DEBTS = 4_000
TIMES = 40
_DEBT, _PAYMENT = 2_500, 4_000


@dataclass(frozen=True, slots=True)
class OpenDebts:
    """Milliseconds of the program's own CPU, the median of many."""

    payment_ms: float
    reversal_ms: float


def measure_open_debts() -> OpenDebts:
    with TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


async def _measure(folder: Path) -> OpenDebts:
    payments, reversals = [], []
    async with open_databases(settings_for(folder)) as databases:
        shop_id = await make_book(databases, 1, 0)
        member, _ = await enter(databases, shop_id)
        customer_id = await databases.shops.write(shop_id, _add_debts, member)
        for _ in range(TIMES):
            paid = RecordEntry(new_id(), customer_id, Kind.PAYMENT, _PAYMENT, "SAR")
            undone = ReverseEntry(new_id(), paid.id)
            now = datetime.now(UTC)
            payment = databases.shops.write(shop_id, record_entry, member, now, paid)
            payments.append(await _cost(payment))
            reversal = databases.shops.write(shop_id, reverse_entry, member, now, undone)
            reversals.append(await _cost(reversal))
    return OpenDebts(median(payments), median(reversals))


async def _cost(write: Awaitable[object]) -> float:
    before = time.process_time()
    await write
    return (time.process_time() - before) * 1000


def _add_debts(tx: WriteTx, member: Member) -> str:
    """A customer who bought twenty times a day and never paid."""
    now, customer_id = datetime.now(UTC), new_id()
    add_customer(tx, member, now, AddCustomer(customer_id, Details("أبو علي"), same_name_ok=True))
    for number in range(DEBTS):
        day = now.date() - timedelta(days=(DEBTS - number) // 20)
        debt = RecordEntry(new_id(), customer_id, Kind.DEBT, _DEBT, "SAR", occurred_on=day)
        record_entry(tx, member, now, debt)
    return customer_id
