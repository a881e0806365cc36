"""kill -9 while two phones write, and lines that drop: what was answered is there, once."""

import asyncio
import random
import re
import socket
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import httpx

from daftari.db.databases import open_databases
from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Person, Role
from daftari.identity.rules.commands import NewShop
from daftari.identity.store.people import insert_membership, insert_person
from daftari.kernel.clock import Clock
from daftari.kernel.ids import new_id
from daftari.settings import Settings
from tests.server import Server

KILLS = 6


@dataclass
class Phone:
    """Writes one entry of 0.01 after the other, and remembers what it was answered."""

    server: Server
    token: str
    account: str
    sent: list[str] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    unheard: int = 0

    def browser(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=self.server.origin,
            cookies={"daftari": self.token},
            headers={"Origin": self.server.origin, "Accept": "text/html"},
            timeout=30,
        )

    async def write_on(self) -> None:
        """Until nobody answers any more."""
        async with self.browser() as browser:
            while True:
                entry = new_id()
                self.sent.append(entry)
                try:
                    await self._send(browser, entry)
                except httpx.TransportError:
                    self.unheard += 1
                    return

    async def until_answered(self, more: int) -> None:
        enough = len(self.answered) + more
        while len(self.answered) < enough:
            await asyncio.sleep(0.01)

    async def send_all_again(self) -> None:
        async with self.browser() as browser:
            for entry in self.sent:
                await self._send(browser, entry)

    async def _send(self, browser: httpx.AsyncClient, entry: str) -> None:
        typed = {"id": entry, "kind": "debt", "amount": "0.01", "note": entry}
        answer = await browser.post(f"{self.account}/entries", data=typed)
        assert answer.status_code == 303, (answer.status_code, answer.text)
        self.answered.add(entry)

    async def read_all(self) -> list[str]:
        """The ids of all lines of the account, page after page."""
        found: list[str] = []
        async with self.browser() as browser:
            path: str | None = self.account
            while path:
                page = (await browser.get(path)).text
                found += re.findall(r'id="entry-([0-9a-f-]{36})"', page)
                older = re.search(r'class="rows-more" href="([^"]+)"', page)
                path = older[1].replace("&amp;", "&") if older else None
        return found


async def test_nothing_answered_is_lost_and_nothing_is_doubled(tmp_path: Path) -> None:
    chance = random.Random(29)
    server = Server(tmp_path / "data")
    phones = await _open(server)
    try:
        for _ in range(KILLS):
            server.start()
            writing = [asyncio.create_task(phone.write_on()) for phone in phones]
            await asyncio.gather(*[phone.until_answered(4) for phone in phones])
            await asyncio.sleep(chance.uniform(0, 0.3))
            server.kill()
            await asyncio.gather(*writing)
        server.start()
        for phone in phones:
            kept = await phone.read_all()
            assert len(kept) == len(set(kept))
            assert phone.answered <= set(kept) <= set(phone.sent)
            await phone.send_all_again()
            assert sorted(await phone.read_all()) == sorted(phone.sent)
    finally:
        server.stop()
    assert sum(phone.unheard for phone in phones) == 2 * KILLS
    proof = server.command("verify")
    lines = sum(len(phone.sent) for phone in phones)
    assert (proof.returncode, f"right  {lines} entries" in proof.stdout) == (0, True), proof.stdout


async def test_a_line_that_drops_at_any_byte_loses_nothing_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    chance = random.Random(3)
    server = Server(tmp_path / "data")
    phone = (await _open(server))[0]
    server.start()
    try:
        for n in range(60):
            entry = new_id()
            phone.sent.append(entry)
            request = _as_bytes(phone, entry)
            cut = chance.randrange(len(request)) if n % 3 else len(request)
            with socket.create_connection(("127.0.0.1", server.port)) as line:
                line.sendall(request[:cut])
        before = await phone.read_all()
        assert len(before) == len(set(before))
        await phone.send_all_again()
        assert sorted(await phone.read_all()) == sorted(phone.sent)
    finally:
        server.stop()
    assert server.command("verify").returncode == 0


def _as_bytes(phone: Phone, entry: str) -> bytes:
    """The request as a browser puts it on the line."""
    body = urlencode({"id": entry, "kind": "debt", "amount": "0.01", "note": entry}).encode()
    head = (
        f"POST {phone.account}/entries HTTP/1.1",
        f"Host: localhost:{phone.server.port}",
        f"Origin: {phone.server.origin}",
        f"Cookie: daftari={phone.token}",
        "Accept: text/html",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


async def _open(server: Server) -> list[Phone]:
    """A shop with two customers; Umm Salim writes to the one, Karim to the other."""
    settings = Settings(
        data=server.data, master_key_file=server.data / "master.key", reserve_bytes=0
    )
    now = Clock().now()
    umm_salim = Person(new_id(), "أم سليم", "+966500000001", "ar")
    karim = Person(new_id(), "كريم", "+966500000003", "ar")
    shop = NewShop(new_id(), "بقالة النور", "SA", umm_salim)
    async with open_databases(settings) as databases:
        await databases.control.write(open_shop, shop, await databases.shops.create(shop.id), now)
        await databases.control.write(insert_person, karim, now)
        await databases.control.write(insert_membership, karim.id, shop.id, Role.CASHIER, now)
        people = (umm_salim.id, karim.id)
        tokens = [
            await databases.control.write(begin_session, person, shop.id, "", now)
            for person in people
        ]
    phones = [Phone(server, token, f"/s/{shop.id}/customers/{new_id()}") for token in tokens]
    await asyncio.to_thread(server.start)
    for phone in phones:
        async with phone.browser() as browser:
            customer = {"id": phone.account.rsplit("/", 1)[1], "name": phone.token}
            assert (await browser.post(f"/s/{shop.id}/customers", data=customer)).status_code == 303
    server.stop()
    return phones
