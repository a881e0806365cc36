"""kill -9 between an invitation and the first sign-in: nobody is half in, a link works once."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from html import unescape
from pathlib import Path

import httpx
import pytest

from daftari.kernel.ids import new_id
from tests.integration.identity.phone import Phone, errors_in
from tests.passkey import Authenticator
from tests.server import Server


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.stop()


@pytest.fixture
async def phones(server: Server) -> AsyncIterator[list[Phone]]:
    """Umm Salim's, Karim's and a stranger's; their cookies outlive the server."""
    async with AsyncExitStack() as stack:
        made = []
        for _ in range(3):
            browser = httpx.AsyncClient(
                base_url=server.origin, headers={"Origin": server.origin}, timeout=30
            )
            await stack.enter_async_context(browser)
            made.append(Phone(browser, Authenticator(server.origin)))
        yield made


def kill_and_start(server: Server) -> None:
    server.kill()
    server.start()


async def invited(owner: Phone, server: Server) -> tuple[str, str]:
    """Umm Salim opens a shop and invites Karim: the shop's address, and the link's token."""
    assert (await owner.signup()).status_code == 201
    home = (await owner.shop()).rstrip("/")
    form = {"id": new_id(), "name": "كريم", "role": "cashier"}
    made = await owner.post(f"{home}/more/people/invitations", **form)
    page = await owner.browser.get(made.headers["location"])
    (token,) = set(re.findall(rf"{server.origin}/join/([\w-]+)", unescape(page.text)))
    return home, token


async def test_the_invitation_outlives_every_kill_and_is_used_once(server, phones):
    umm_salim, karim, stranger = phones
    home, token = await invited(umm_salim, server)

    kill_and_start(server)  # before anybody opens the link
    assert (await karim.browser.get(f"/join/{token}")).status_code == 200
    asked = await karim.ask(f"/join/{token}/options", name="كريم")
    assert asked.status_code == 200

    kill_and_start(server)  # between the question for the passkey and its answer
    credential = karim.keys.create(asked.json())
    answer = await karim.ask(f"/join/{token}", credential=credential)
    assert answer.status_code == 201, answer.text
    assert answer.json()["next"] == f"{home}/"

    kill_and_start(server)  # right after he is told that he is in
    assert (await karim.browser.get(f"{home}/")).status_code == 200
    await karim.browser.post("/signout")
    kill_and_start(server)
    assert (await karim.signin()).status_code == 200
    assert (await karim.browser.get(f"{home}/entries/new")).status_code == 200
    assert (await karim.browser.get(f"{home}/more/people")).status_code == 404
    again = await stranger.ask(f"/join/{token}/options", name="غريب")
    assert errors_in(again) == ["invitation_used"]
    people = await umm_salim.browser.get(f"{home}/more/people")
    assert people.text.count('id="person-') == 2


@pytest.mark.parametrize("wait", [0.0, 0.005, 0.02, 0.05])
async def test_a_kill_while_he_comes_in_leaves_him_in_or_the_link_good(server, phones, wait):
    """All of it or nothing: person, passkey, membership and the spent invitation."""
    umm_salim, karim, other = phones
    home, token = await invited(umm_salim, server)
    asked = await karim.ask(f"/join/{token}/options", name="كريم")
    credential = karim.keys.create(asked.json())
    coming = asyncio.create_task(karim.ask(f"/join/{token}", credential=credential))
    await asyncio.sleep(wait)
    server.kill()
    answer = (await asyncio.gather(coming, return_exceptions=True))[0]
    was_told = isinstance(answer, httpx.Response) and answer.status_code == 201
    server.start()
    people = (await umm_salim.browser.get(f"{home}/more/people")).text.count('id="person-')
    is_in = people == 2
    assert is_in or not was_told
    second = await other.ask(f"/join/{token}/options", name="كريم")
    if is_in:
        assert errors_in(second) == ["invitation_used"]
        assert (await karim.signin()).status_code == 200
        assert (await karim.browser.get(f"{home}/")).status_code == 200
    else:
        assert second.status_code == 200
        came = await other.ask(f"/join/{token}", credential=other.keys.create(second.json()))
        assert came.status_code == 201
        assert (await other.browser.get(f"{home}/")).status_code == 200
