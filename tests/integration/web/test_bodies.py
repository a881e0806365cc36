"""Bodies that cannot be read: they are refused, and nobody waits for them for ever."""

import asyncio

import pytest

from daftari.web import requests

PART = b'--x\r\nContent-Disposition: form-data; name="note"\r\n'
UNREADABLE = (
    PART + b"\r\n\xff\xfe\r\n--x--\r\n",
    PART + b"Content-Type: text/plain; charset=klingon\r\n\r\nnuqneH\r\n--x--\r\n",
    PART + b"\r\nno end",
    b"",
)


@pytest.mark.parametrize("content", UNREADABLE)
async def test_a_form_nobody_can_read_is_a_bad_request(client, content):
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await client.post("/language", content=content, headers=kind)
    assert answer.status_code in (400, 422)


async def test_a_form_in_parts_is_read(client):
    answer = await client.post("/language", files={"language": (None, "en")})
    assert answer.status_code == 303


@pytest.mark.parametrize("path", ["/language", "/signin"])
async def test_a_body_that_never_ends_is_not_waited_for(client, monkeypatch, path):
    monkeypatch.setattr(requests, "BODY_WITHIN", 0.05)

    async def trickle():
        yield b"language="
        await asyncio.Event().wait()

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    async with asyncio.timeout(30):
        answer = await client.post(path, content=trickle(), headers=kind)
    assert answer.status_code == 400
