"""The log tells what happened, to which id, and never to whom."""

import json
import logging
from collections.abc import Iterator
from io import BytesIO

import pytest

from daftari.web.logs import configure_logs
from tests.integration.web.conftest import SECRET


@pytest.fixture
def log() -> Iterator[BytesIO]:
    stream = BytesIO()
    configure_logs(stream)
    yield stream
    configure_logs()


def lines(log: BytesIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


async def test_a_request_is_one_line(client, log):
    answer = await client.get("/healthz?name=abu-ali")
    (line,) = lines(log)
    assert line["id"] == answer.headers["x-request-id"]
    assert (line["event"], line["level"], line["method"]) == ("request", "info", "GET")
    assert (line["route"], line["status"]) == ("/healthz", 200)
    assert line["ms"] >= 0
    assert line["time"].endswith("Z")


async def test_an_address_is_logged_as_its_pattern(client, log):
    await client.get("/trouble/refused")
    await client.get("/signin/link/token-that-opens-the-door")
    assert [line["route"] for line in lines(log)] == [
        "/trouble/{kind}",
        "/signin/link/{token}",
    ]


async def test_a_failure_is_logged_as_its_type_and_its_places(client, log):
    await client.get("/trouble/unforeseen")
    failure, request = lines(log)
    assert failure["error"].endswith("conftest.Unforeseen")
    assert failure["id"] == request["id"]
    assert any("conftest.py" in place and place.endswith("trouble") for place in failure["where"])


async def test_nothing_private_reaches_the_log(client, log):
    planted = {"name": "فاطمة", "phone": "+966555", "amount": "777.25", "note": "سِرّ"}
    client.cookies.set("daftari", "cookie-token")
    for kind in ("unforeseen", "client", "stranger", "missing", "damaged", "full"):
        await client.get(f"/trouble/{kind}", params=planted)
    await client.post("/act", data=planted)
    await client.post("/language", data=planted)
    await client.get("/nowhere/فاطمة/token-in-the-path")
    logging.getLogger("aiosqlite").debug("executing %s", SECRET)
    logging.getLogger("asyncio").error("Task failed\nfuture: %s", SECRET, exc_info=_raised())
    text = log.getvalue().decode()
    assert len(text.splitlines()) > 8
    for secret in (*planted.values(), *SECRET.split(), "cookie-token", "token-in-the-path"):
        assert secret not in text
        assert json.dumps(secret)[1:-1] not in text


def _raised() -> Exception:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error
