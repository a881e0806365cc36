"""A phone at the counter: what it writes down, what it sends, what it is answered."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from litestar import Litestar

from daftari.kernel.clock import as_text
from daftari.kernel.ids import new_id
from tests.integration.conftest import NOW
from tests.integration.ledger.shop_client import ShopClient, sign_in

JSON = "application/json"


@dataclass(slots=True)
class Phone:
    """Somebody's phone. `clock` is what it shows."""

    shop_client: ShopClient
    clock: datetime = NOW
    device: str = field(default_factory=new_id)
    written: int = 0

    def item(self, verb: str, **said: Any) -> dict[str, Any]:
        """One item as the phone keeps it; anything of it can be said otherwise."""
        self.written += 1
        return {
            "v": 1,
            "id": new_id(),
            "verb": verb,
            "user": self.shop_client.person_id,
            "shop": self.shop_client.home.removeprefix("/s/"),
            "device": self.device,
            "sequence": self.written,
            "made_at": as_text(self.clock),
        } | said

    def debt(self, customer: str, minor: int = 1250, **said: Any) -> dict[str, Any]:
        line = {"customer_id": customer, "kind": "debt", "amount_minor": minor, "currency": "SAR"}
        return self.item("record_entry", **line | said)

    def payment(self, customer: str, minor: int = 500, **said: Any) -> dict[str, Any]:
        return self.debt(customer, minor, kind="payment", **said)

    def reversal(self, entry: str, **said: Any) -> dict[str, Any]:
        return self.item("reverse_entry", entry_id=entry, **said)

    def customer(self, name: str = "أبو علي", **said: Any) -> dict[str, Any]:
        return self.item("add_customer", name=name, **said)

    def batch(self, *items: object, **said: Any) -> dict[str, Any]:
        return {"device": self.device, "now": as_text(self.clock), "items": items} | said

    async def sign_in_again(self, app: Litestar) -> None:
        """After weeks away, or after a restart of the program on the same data."""
        await sign_in(
            app, self.shop_client.browser, self.shop_client.home, self.shop_client.person_id
        )

    async def post(self, content: bytes | str, **headers: str) -> httpx.Response:
        """Whatever the body is."""
        said = {"Content-Type": JSON, "Accept": JSON} | headers
        return await self.shop_client.browser.post(
            f"{self.shop_client.home}/sync", content=content, headers=said
        )

    async def sync(self, *items: object) -> dict[str, Any]:
        """Send a batch that is understood."""
        answer = await self.shop_client.browser.post(
            f"{self.shop_client.home}/sync", json=self.batch(*items), headers={"Accept": JSON}
        )
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == JSON
        told: dict[str, Any] = answer.json()
        assert len(told["answers"]) == len(items)
        return told

    async def send(self, *items: object) -> list[str]:
        """What each item is answered: `written`, or with its reason `refused not_allowed`."""
        told = (await self.sync(*items))["answers"]
        for item, answer in zip(items, told, strict=True):
            if isinstance(item, dict):
                assert answer["id"] == item["id"]
            assert ("words" in answer) == ("reason" in answer)
        return [" ".join(filter(None, (a["answer"], a.get("reason")))) for a in told]

    async def snapshot(self, after: int | str | None = None) -> dict[str, Any]:
        asked = {} if after is None else {"after": after}
        path = f"{self.shop_client.home}/snapshot"
        answer = await self.shop_client.browser.get(path, params=asked, headers={"Accept": JSON})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == JSON
        told: dict[str, Any] = answer.json()
        return told

    async def seen(self, customer: str) -> dict[str, Any]:
        """The customer as the snapshot tells him."""
        everybody = (await self.snapshot())["customers"]
        (found,) = [one for one in everybody if one["id"] == customer]
        return found

    async def balance(self, customer: str, currency: str = "SAR") -> int:
        return int((await self.seen(customer)).get("balances", {}).get(currency, 0))
