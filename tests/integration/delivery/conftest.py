"""A shop on disk, its owner signed in on a phone, and a worker that does what is due."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from daftari.db.databases import Databases, open_databases
from daftari.delivery.actions import enqueue
from daftari.delivery.actions.push_devices import add_phone
from daftari.delivery.jobs import Dispatcher, mail, provider_request
from daftari.delivery.rules import Channel, Message
from daftari.delivery.rules.commands import AddPhone
from daftari.delivery.rules.push_devices import read_subscription
from daftari.delivery.rules.vapid import public_half, vapid_key
from daftari.delivery.tables import messages
from daftari.identity.actions.sessions import begin_session, sign_out
from daftari.identity.actions.shops import get_shop, open_shop
from daftari.identity.rules import Member, Person, Role, Session, Shop
from daftari.identity.rules.commands import NewShop
from daftari.identity.store.access import find_session
from daftari.identity.store.people import insert_membership, insert_person
from daftari.kernel.ids import new_id
from daftari.settings import Settings
from daftari.worker import Worker
from tests.integration.conftest import NOW, StandingClock
from tests.providers import Asked, MailServer, Provider, Reply, mail_server, provider
from tests.push_service import Phone, PushService, push_service


@dataclass
class Office:
    """An open house with one shop. `umm_salim` owns it; everything else is done by hand."""

    databases: Databases
    settings: Settings
    clock: StandingClock
    shop_id: str
    umm_salim: Person
    checks: dict[str, Any] = field(default_factory=dict)

    async def shop(self) -> Shop:
        return await self.databases.control.read(get_shop, self.shop_id)

    async def member(self, person: Person | None = None, role: Role = Role.OWNER) -> Member:
        return Member(person or self.umm_salim, await self.shop(), role)

    async def hire(self, role: Role, language: str = "ar") -> Person:
        karim = Person(new_id(), "كريم", "+966500000003", language)
        now = self.clock.now()
        await self.databases.control.write(insert_person, karim, now)
        await self.databases.control.write(insert_membership, karim.id, self.shop_id, role, now)
        return karim

    async def sign_in(self, person: Person | None = None) -> Session:
        who, now = person or self.umm_salim, self.clock.now()
        token = await self.databases.control.write(begin_session, who.id, self.shop_id, "", now)
        digest = sha256(token.encode()).digest()
        session = await self.databases.control.read(find_session, digest, now)
        assert session is not None
        return session

    async def sign_out(self, session: Session) -> None:
        await self.databases.control.write(sign_out, session, self.clock.now())

    async def add_phone(self, phone: Phone, session: Session | None = None) -> str:
        """The phone asks to be told, as the browser would."""
        held = session or await self.sign_in()
        member = replace(await self.member(), person=held.person)
        asked = read_subscription(phone.subscription, self.settings.push_hosts)
        command = AddPhone(asked, held.id, "Android · Chrome")
        return await self.write(add_phone, member, self.clock.now(), command)

    async def enqueue(self, channel: Channel = Channel.SMS, **said: Any) -> str:
        """A reminder to Abu Ali, unless it is said otherwise; its id."""
        to = "abu.ali@example.com" if channel is Channel.EMAIL else "+966501234567"
        usual = {"purpose": "reminder", "to": to, "text": "عليك 45.00 ريال سعودي"}
        message = Message(channel, **{"dedupe": new_id(), **usual, **said})
        await self.write(enqueue, self.clock.now(), message)
        return message.id

    async def write(self, fn: Callable[..., Any], *args: Any) -> Any:
        return await self.databases.shops.write(self.shop_id, fn, *args)

    async def row(self, message_id: str) -> Any:
        return (await self.rows(messages.c.id == message_id))[0]

    async def rows(self, *which: Any) -> list[Any]:
        """What stands in the outbox, the oldest first."""
        asked = select(messages).where(*which).order_by(messages.c.id)
        return await self.databases.shops.read(
            self.shop_id, lambda tx: list(tx.execute(asked).all())
        )

    @asynccontextmanager
    async def worker(self, **changed: Any) -> AsyncIterator[Worker]:
        """A worker with the dispatcher alone. `changed`: settings."""
        settings = replace(self.settings, **changed)
        dispatcher = Dispatcher(self.databases, settings, self.clock, self.checks)
        try:
            yield Worker(self.databases, self.clock, [dispatcher.visit])
        finally:
            await dispatcher.close()

    async def work(self, **changed: Any) -> int:
        """Do what is due now, and end. How many shops were visited."""
        async with self.worker(**changed) as worker:
            return await worker.run_once()


HURRIED_SECONDS = 1.0


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt is given up after one second instead of ten."""
    for way in (provider_request, mail):
        monkeypatch.setattr(way, "ATTEMPT_SECONDS", HURRIED_SECONDS)


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


UMM_SALIM = Person(new_id(), "أم سليم", "+966500000001", "ar")


@pytest.fixture(scope="session")
def begun_house(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with one shop, made once and copied for every test; the shop's id."""
    data = tmp_path_factory.mktemp("begun-house") / "data"
    return data, asyncio.run(_begin(data))


async def _begin(data: Path) -> str:
    settings = Settings(data=data, master_key_file=data / "master.key", reserve_bytes=0)
    async with open_databases(settings) as databases:
        return await open_shop_of(databases, UMM_SALIM, "بقالة النور")


async def open_shop_of(databases: Databases, owner: Person, name: str) -> str:
    """A new shop; its id."""
    shop = NewShop(new_id(), name, "SA", owner)
    wrapped = await databases.shops.create(shop.id)
    await databases.control.write(open_shop, shop, wrapped, NOW)
    return shop.id


@pytest.fixture
async def office(
    settings: Settings,
    clock: StandingClock,
    service: PushService,
    begun_house: tuple[Path, str],
) -> AsyncIterator[Office]:
    begun, shop_id = begun_house
    shutil.copytree(begun, settings.data)
    trusting = replace(settings, push_hosts=(service.origin,))
    async with open_databases(trusting) as databases:
        service.application_key = public_half(vapid_key(databases.derived))
        yield Office(databases, trusting, clock, shop_id, UMM_SALIM)


@pytest.fixture
def sms() -> Iterator[Callable[..., Provider]]:
    """`sms(says)`: a provider that answers so."""
    with ExitStack() as stack:

        def started(says: Callable[[Asked], Reply | None]) -> Provider:
            return stack.enter_context(provider(says))

        yield started


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running
