"""A person with a phone: a browser and the passkeys on it, doing errands through the doors."""

import re
from dataclasses import dataclass
from typing import Any

import httpx

from tests.passkey import Authenticator

UMM_SALIM = {
    "name": "أم سليم",
    "shop_name": "بقالة النور",
    "phone": "0501234567",
    "country": "SA",
}
HUDA = {"name": "هدى", "shop_name": "خضار هدى", "phone": "0551234567", "country": "SA"}
JSON = {"Accept": "application/json"}


@dataclass
class Phone:
    """`browser` keeps the cookies, `keys` the passkeys."""

    browser: httpx.AsyncClient
    keys: Authenticator

    async def ask(self, path: str, **content: Any) -> httpx.Response:
        return await self.browser.post(path, json=content, headers=JSON)

    async def signup(self, **typed: str) -> httpx.Response:
        options = await self.ask("/signup/options", **{**UMM_SALIM, **typed})
        assert options.status_code == 200, options.text
        return await self.ask("/signup", credential=self.keys.create(options.json()))

    async def signin(self, **content: Any) -> httpx.Response:
        options = await self.ask("/signin/options")
        return await self.ask("/signin", credential=self.keys.get(options.json()), **content)

    async def verify(self) -> httpx.Response:
        options = await self.ask("/verify/options")
        return await self.ask("/verify", credential=self.keys.get(options.json()))

    async def add_passkey(self, keys: Authenticator | None = None) -> httpx.Response:
        options = await self.ask("/account/passkeys/options")
        credential = (keys or self.keys).create(options.json())
        return await self.ask("/account/passkeys", credential=credential)

    async def codes(self) -> list[str]:
        """New recovery codes, as they are shown once."""
        await self.browser.post("/recovery-codes")
        return await self.shown_codes()

    async def shown_codes(self) -> list[str]:
        page = await self.browser.get("/recovery-codes")
        return re.findall(r"<code>([0-9a-z-]+)</code>", page.text)

    async def passkey_ids(self) -> list[str]:
        page = await self.browser.get("/account")
        return re.findall(r"/account/passkeys/([0-9a-f-]{36})/removal", page.text)

    async def shop(self) -> str:
        """The path of the book: `/s/…/`."""
        return (await self.browser.get("/")).headers["location"]

    async def post(self, path: str, **typed: Any) -> httpx.Response:
        return await self.browser.post(path, data=typed)


def errors_in(answer: httpx.Response) -> list[str]:
    """The names of the refusals in a page or in JSON."""
    if answer.headers["content-type"].startswith("application/json"):
        return [reason["name"] for reason in answer.json()["reasons"].values()]
    return re.findall(r'data-error="([a-z_]+)"', answer.text)
