"""What is due in the morning: how long a worker takes over ten thousand shops of which five hundred
have something due, and what a thousand pushes cost.

Each shop has a file of its own, a copy of one of two: somebody owes and is due, or nobody owes. The
pushes go to a push service on this machine that opens every one of them.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, update

from benchmarks.books import settings_for
from daftari.customers.actions import add_customer
from daftari.customers.rules import Details
from daftari.customers.rules.commands import AddCustomer
from daftari.db.base import WriteTx
from daftari.db.databases import Databases, open_databases
from daftari.db.keys import MasterKey, shop_keys
from daftari.delivery.actions import notify
from daftari.delivery.actions.push_devices import add_phone
from daftari.delivery.rules import Notification
from daftari.delivery.rules.commands import AddPhone
from daftari.delivery.rules.push_devices import read_subscription
from daftari.delivery.rules.vapid import public_half, vapid_key
from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.shops import get_shop, open_shop
from daftari.identity.rules import Member, Person, Role
from daftari.identity.rules.commands import NewShop
from daftari.identity.store.people import insert_membership
from daftari.identity.tables import sessions, shops, wakeups
from daftari.kernel.clock import as_text
from daftari.kernel.ids import new_id
from daftari.ledger.actions import record_entry
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.kinds import Kind
from tests.push_service import PushService, push_service

SHOPS, DUE, PUSHES = 10_000, 500, 1_000
NIGHT = datetime(2026, 11, 22, 20, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 6, tzinfo=UTC)
TODAY = date(2026, 11, 23)
UMM_SALIM = Person(new_id(), "أم سليم", "+966500009999", "ar")
_COMMAND = (sys.executable, "-c", "import sys; from daftari.cli import main; sys.exit(main())")


@dataclass(frozen=True, slots=True)
class Morning:
    """A worker's run. `told`: phones that were told; `visited`: shops that were opened."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    visited: int
    told: int


def plan_a_morning() -> Morning:
    """Ten thousand shops at nine o'clock, five hundred of them with somebody who is due."""
    with tempfile.TemporaryDirectory() as folder, push_service() as service:
        data = Path(folder)
        asyncio.run(_many(data, service))
        return _work(data, service)


def push_a_thousand() -> tuple[Morning, Morning]:
    """A run with one notice, and one with a thousand more, for the same phone."""
    with tempfile.TemporaryDirectory() as folder, push_service() as service:
        data = Path(folder)
        asyncio.run(_one(data, service, 1))
        idle = _work(data, service)
        asyncio.run(_one(data, service, PUSHES))
        return idle, _work(data, service)


async def _many(data: Path, service: PushService) -> None:
    """Two shops are lived through until the night before; all others are copies of them."""
    async with open_databases(settings_for(data)) as databases:
        busy, calm = [await _shop(databases) for _ in range(2)]
        session = await _sign_in(databases)
        await _phone(databases, busy, session, service)
        await _phone(databases, calm, session, service)
        await _debt(databases, busy)
    _work(data, service, at=NIGHT)
    async with open_databases(settings_for(data)) as databases:
        for shop_id, copies in ((busy, DUE - 1), (calm, SHOPS - DUE - 1)):
            await _copy(databases, data, shop_id, copies)


async def _shop(databases: Databases) -> str:
    owner = UMM_SALIM if not await _is_there(databases) else Person(new_id(), "هدى", "+9665", "ar")
    shop = NewShop(new_id(), "بقالة النور", "SA", owner)
    await databases.control.write(open_shop, shop, await databases.shops.create(shop.id), NIGHT)
    if owner is not UMM_SALIM:
        await databases.control.write(insert_membership, UMM_SALIM.id, shop.id, Role.OWNER, NIGHT)
    return shop.id


async def _is_there(databases: Databases) -> bool:
    return bool(await databases.control.read(lambda tx: tx.scalar(shops.select().limit(1))))


async def _sign_in(databases: Databases) -> str:
    await databases.control.write(begin_session, UMM_SALIM.id, None, "", NIGHT)
    return str(await databases.control.read(lambda tx: tx.scalar(sessions.select())))


async def _phone(databases: Databases, shop_id: str, session_id: str, service: PushService) -> None:
    shop = await databases.control.read(get_shop, shop_id)
    asked = read_subscription(service.phone().subscription, (service.origin,))
    member, command = Member(UMM_SALIM, shop, Role.OWNER), AddPhone(asked, session_id, "")
    await databases.shops.write(shop_id, add_phone, member, NIGHT, command)
    service.application_key = public_half(vapid_key(databases.derived))


async def _debt(databases: Databases, shop_id: str) -> None:
    shop = await databases.control.read(get_shop, shop_id)
    owner = Member(UMM_SALIM, shop, Role.OWNER)
    added = await databases.shops.write(
        shop_id, add_customer, owner, NIGHT, AddCustomer(new_id(), Details("أبو علي"))
    )
    debt = RecordEntry(new_id(), added.customer_id, Kind.DEBT, 4500, "SAR", due_on=TODAY)
    await databases.shops.write(shop_id, record_entry, owner, NIGHT, debt)


async def _copy(databases: Databases, data: Path, shop_id: str, copies: int) -> None:
    """Every copy has its own file, its own key's row, and its own wakeup."""
    master, ids = MasterKey.at(data / "master.key"), [new_id() for _ in range(copies)]
    await databases.control.write(_register, master, shop_id, ids)
    source = databases.storage.shop(shop_id)
    for one in ids:
        place = databases.storage.shop(one)
        os.makedirs(place.parent, exist_ok=True)
        shutil.copyfile(source, place)


def _register(tx: WriteTx, master: MasterKey, shop_id: str, ids: Sequence[str]) -> None:
    shop = tx.execute(shops.select().where(shops.c.id == shop_id)).mappings().one()
    kept = tx.execute(shop_keys.select().where(shop_keys.c.shop_id == shop_id)).mappings().one()
    waits = tx.execute(wakeups.select().where(wakeups.c.shop_id == shop_id)).mappings().one()
    key = master.unwrap(kept["wrapped_key"], shop_id)
    tx.execute(insert(shops), [{**shop, "id": one} for one in ids])
    sealed = [{**kept, "shop_id": one, "wrapped_key": master.wrap(key, one)} for one in ids]
    tx.execute(insert(shop_keys), sealed)
    tx.execute(insert(wakeups), [{**waits, "shop_id": one} for one in ids])
    for one in ids:
        insert_membership(tx, UMM_SALIM.id, one, Role.OWNER, NIGHT)


async def _one(data: Path, service: PushService, notices: int) -> None:
    async with open_databases(settings_for(data)) as databases:
        if not await _is_there(databases):
            shop_id = await _shop(databases)
            await _phone(databases, shop_id, await _sign_in(databases), service)
        shop_id = str(await databases.control.read(lambda tx: tx.scalar(shops.select())))
        await databases.shops.write(shop_id, _notify, notices)
        later = update(wakeups).values(at=MORNING)
        await databases.control.write(lambda tx: tx.execute(later))


def _notify(tx: WriteTx, notices: int) -> None:
    ends = MORNING + timedelta(hours=8)
    for n in range(notices):
        key = f"bench:{notices}:{n}"
        notice = Notification("digest", key, "/due", "digest", {"due": 3}, expires_at=ends)
        notify(tx, NIGHT, notice)


def _work(data: Path, service: PushService, at: datetime = MORNING) -> Morning:
    """`daftari worker --once` as an operator runs it; what the process took of the machine."""
    told = len(service.inbox)
    settings = {
        "DAFTARI_DATA": str(data),
        "DAFTARI_RESERVE_MIB": "0",
        "DAFTARI_PUSH_HOSTS": service.origin,
    }
    command, began = [*_COMMAND, "worker", "--once", "--at", as_text(at)], time.perf_counter()
    with subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        said = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said
    return Morning(
        seconds=time.perf_counter() - began,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        megabytes=usage.ru_maxrss / 1024,
        visited=int(said.split()[-3]),
        told=len(service.inbox) - told,
    )
