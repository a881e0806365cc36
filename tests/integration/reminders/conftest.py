"""Umm Salim's shop with both providers on this machine, and a worker that does what is due."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

import httpx
import pytest
from litestar import Litestar

from daftari.db.databases import Databases
from daftari.identity.rules import Role
from daftari.kernel.ids import new_id
from daftari.settings import Settings, SmsProvider
from daftari.worker import open_worker
from tests.integration.conftest import ORIGIN, StandingClock
from tests.integration.ledger.shop_client import ShopClient, hire, open_for
from tests.providers import Asked, MailServer, Provider, answer, mail_server, provider

EVERYTHING = {
    f"agreed_{channel}_{purpose}": "yes"
    for channel in ("whatsapp", "sms", "email")
    for purpose in ("reminder", "receipt")
}


@dataclass(frozen=True, slots=True)
class Counter:
    """The shop's counter, and what leaves it."""

    umm_salim: ShopClient
    sms: Provider
    post: MailServer
    work: Callable[[], Awaitable[int]]

    @property
    def texts(self) -> list[str]:
        """What the provider of short messages was given, the oldest first."""
        return [asked.fields["text"] for asked in self.sms.asked]

    async def customer(self, name: str = "أبو علي", **typed: str) -> str:
        """Somebody with a number and an address, who agreed to everything unless it is said."""
        usual = {"phone": "0501234567", "email": "ali@example.com"}
        agreed = typed.pop("agreed", None)
        marks = EVERYTHING if agreed is None else {f"agreed_{one}": "yes" for one in agreed.split()}
        return await self.umm_salim.add(name, **{**usual, **typed}, consents="asked", **marks)

    async def debtor(self, name: str = "أبو علي", days: int = -9, **typed: str) -> str:
        """He owes 250, to be paid so many days from the 23rd of November 2026."""
        customer = await self.customer(name, **typed)
        due_on = f"2026-11-{23 + days:02}"
        line = {"occurred_on": "2026-11-01", "due_on": due_on}
        await self.umm_salim.wrote(customer, "debt", "250", **line)
        return customer

    async def remind(self, customer: str, channel: str = "sms", **typed: str) -> httpx.Response:
        asked: dict[str, Any] = {"id": new_id(), "channel": channel, **typed}
        return await self.umm_salim.post(f"/customers/{customer}/reminders", **asked)

    async def message(self, customer: str, channel: str = "sms", **typed: str) -> httpx.Response:
        """Remind him, and look at the message."""
        sent = await self.remind(customer, channel, **typed)
        assert sent.status_code == 303, sent.text
        return await self.umm_salim.browser.get(sent.headers["location"])

    async def agree(self, customer: str, **marks: str) -> None:
        """He agrees to what is marked, from now on."""
        form: dict[str, Any] = {"id": new_id(), "consents": "anew", **marks}
        answer = await self.umm_salim.post(f"/customers/{customer}/consents", **form)
        assert answer.status_code == 303, answer.text

    async def end_consents(self, customer: str) -> None:
        """He takes back everything that he has agreed to."""
        page = await self.umm_salim.get(f"/customers/{customer}/consents")
        actions = re.findall(r'action="([^"]*/consents/[^"]*/end)"', page.text)
        assert actions
        for action in actions:
            await self.umm_salim.browser.post(action)

    async def choose(self, **chosen: str) -> httpx.Response:
        usual: dict[str, Any] = {
            "tone": "gentle",
            "language": "ar",
            "quiet_until": "10",
            "quiet_from": "21",
        }
        return await self.umm_salim.post("/more/messages", **{**usual, **chosen})


@pytest.fixture
def sms() -> Iterator[Provider]:
    def takes(asked: Asked) -> Any:
        return answer({"id": f"sms-{len(known.asked)}"})

    with provider(takes) as known:
        yield known


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def settings(settings: Settings, sms: Provider, post: MailServer) -> Settings:
    return replace(
        settings,
        sms_provider=SmsProvider.WEBHOOK,
        sms_url=f"{sms.origin}/send",
        sms_token="secret",
        smtp_url=post.url,
        mail_from="shop@example.com",
    )


@pytest.fixture
async def counter(
    app: Litestar,
    browser: Callable[..., httpx.AsyncClient],
    settings: Settings,
    clock: StandingClock,
    sms: Provider,
    post: MailServer,
) -> AsyncIterator[Counter]:
    state = app.state
    databases = Databases(state.control, state.shops, state.storage, state.derived)
    async with open_worker(databases, settings, clock) as worker:
        umm_salim = await open_for(app, browser(), "أم سليم", "بقالة النور")
        yield Counter(umm_salim, sms, post, worker.run_once)


@pytest.fixture
async def karim(
    app: Litestar, browser: Callable[..., httpx.AsyncClient], counter: Counter
) -> ShopClient:
    return await hire(app, browser(), counter.umm_salim.home, Role.CASHIER)


@pytest.fixture
async def huda(app: Litestar, browser: Callable[..., httpx.AsyncClient]) -> ShopClient:
    return await open_for(app, browser(), "هدى", "مخبز هدى")


def state_of(answer: httpx.Response) -> str:
    """What became of the message on its page."""
    return re.findall(r'data-message-state="(\w+)"', answer.text)[0]


def letter_of(answer: httpx.Response) -> str:
    """The exact words on a page."""
    return letters_of(answer)[0]


def letters_of(answer: httpx.Response) -> list[str]:
    found = re.findall(r'(?s)<blockquote class="message-text"[^>]*>(.*?)</blockquote>', answer.text)
    return [unescape(one) for one in found]


def stop_path(text: str) -> str:
    """The stop link of a message, as a path."""
    found = re.search(rf"{ORIGIN}(/stop/\S+)", text)
    assert found, text
    return found[1]
