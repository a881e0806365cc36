"""E-mail over SMTP: a real server takes the letter, or misbehaves."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import text

from daftari.delivery.rules import Channel, State

TEXT = "السلام عليكم\nعليك 45.00 ريال سعودي لبقالة النور.\nإن كنت قد سدّدت فتجاهل هذه الرسالة."
LETTER = {"text": TEXT, "subject": "تذكير من بقالة النور", "channel": Channel.EMAIL}


async def test_the_letter_arrives_as_it_was_written(office, post):
    stop = "https://daftari.example/stop/abc"
    message_id = await office.enqueue(**LETTER, details={"stop_url": stop})
    await office.work(smtp_url=post.url, mail_from="dues@daftari.example")
    (envelope,) = post.letters
    letter = message_from_bytes(envelope.original_content, policy=default)
    assert envelope.mail_from == "dues@daftari.example"
    assert envelope.rcpt_tos == ["abu.ali@example.com"]
    assert letter["subject"] == LETTER["subject"]
    assert letter["from"] == "بقالة النور <dues@daftari.example>"
    assert letter["list-unsubscribe"] == f"<{stop}>"
    assert letter["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"
    assert letter["message-id"] == f"<{message_id}@daftari.example>"
    assert letter.get_content().strip().splitlines() == TEXT.splitlines()
    row = await office.row(message_id)
    assert (row.state, row.provider_id) == (State.ACCEPTED, "letter-1")


async def test_names_of_several_lines_add_no_header(office, post):
    rename = text("UPDATE shops SET name = :name WHERE id = :id")
    name = "بقالة\r\nBcc: victim@example.com\r\n\r\nالنور"
    values = {"name": name, "id": office.shop_id}
    await office.databases.control.write(lambda tx: tx.execute(rename, values))
    subject = "تذكير\r\nBcc: victim@example.com"
    await office.enqueue(**{**LETTER, "subject": subject})
    await office.work(smtp_url=post.url)
    (envelope,) = post.letters
    letter = message_from_bytes(envelope.original_content, policy=default)
    assert letter["bcc"] is None
    assert envelope.rcpt_tos == ["abu.ali@example.com"]
    assert letter["subject"] == "تذكير Bcc: victim@example.com"
    assert letter.get_content().strip().splitlines() == TEXT.splitlines()


@pytest.mark.parametrize("to", ["nobody", "a@b\r\nRCPT TO:<x@y>", "أبو@example.com", "a b@c.d"])
async def test_an_address_that_is_none_is_never_asked_about(office, post, to):
    message_id = await office.enqueue(**LETTER, to=to)
    await office.work(smtp_url=post.url)
    row = await office.row(message_id)
    assert (row.state, row.reason, post.letters) == (State.FAILED, "address_refused", [])


@pytest.mark.parametrize(
    ("where", "said", "state", "reason"),
    [
        ("at_rcpt", "550 No such user here", State.FAILED, "provider_refused"),
        ("at_rcpt", "450 Mailbox busy", State.READY, "provider_busy"),
        ("at_data", "554 Transaction failed", State.FAILED, "provider_refused"),
        ("at_data", "452 Too many letters", State.READY, "provider_busy"),
        ("at_data", "vanish", State.UNKNOWN, "provider_silent"),
    ],
)
async def test_a_server_that_says_no_has_its_outcome(office, post, where, said, state, reason):
    setattr(post, where, said)
    message_id = await office.enqueue(**LETTER)
    await office.work(smtp_url=post.url)
    row = await office.row(message_id)
    assert (row.state, row.reason) == (state, reason)


async def test_a_server_that_vanished_with_the_letter_is_not_given_it_again(office, post):
    post.at_data = "vanish"
    await office.enqueue(**LETTER)
    for _ in range(3):
        await office.work(smtp_url=post.url)
        office.clock.move(hours=7)
    assert len(post.letters) == 1


async def test_nobody_there_is_tried_again(office):
    message_id = await office.enqueue(**LETTER)
    await office.work(smtp_url="smtp://127.0.0.1:1")
    row = await office.row(message_id)
    assert (row.state, row.reason) == (State.READY, "provider_unreachable")


@pytest.mark.thorough
async def test_a_server_that_never_speaks_costs_one_attempt(office, hurried):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        message_id = await office.enqueue(**LETTER)
        await office.work(smtp_url=f"smtp://127.0.0.1:{silent.getsockname()[1]}")
    row = await office.row(message_id)
    assert (row.state, row.reason) == (State.READY, "provider_unreachable")


@pytest.mark.thorough
async def test_a_server_that_falls_silent_after_the_letter_leaves_it_unknown(office, hurried):
    with _silent_after_data() as port:
        message_id = await office.enqueue(**LETTER)
        await office.work(smtp_url=f"smtp://127.0.0.1:{port}")
    row = await office.row(message_id)
    assert (row.state, row.reason) == (State.UNKNOWN, "provider_silent")


async def test_no_password_is_said_in_the_clear_to_another_machine(office, post, monkeypatch):
    """The server at hand speaks no TLS; under the name of another machine it is told nothing."""
    found = socket.getaddrinfo

    def at_hand(host, *rest, **more):
        return found("127.0.0.1" if host == "mail.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", at_hand)
    port = post.url.rpartition(":")[2]
    message_id = await office.enqueue(**LETTER)
    await office.work(smtp_url=f"smtp://user:secret@mail.example:{port}")
    row = await office.row(message_id)
    assert (row.state, row.reason, post.letters) == (State.READY, "provider_unreachable", [])


async def test_one_bad_letter_does_not_hold_up_the_next(office, post):
    bad = await office.enqueue(**LETTER, to="nobody")
    good = await office.enqueue(**LETTER)
    await office.work(smtp_url=post.url)
    assert (await office.row(bad)).state == State.FAILED
    assert (await office.row(good)).state == State.ACCEPTED


@contextmanager
def _silent_after_data() -> Iterator[int]:
    """A server of few words: it takes the letter, and says nothing more. Its port."""

    def serve() -> None:
        talk, _ = place.accept()
        talk.sendall(b"220 here\r\n")
        for reply in (b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"):
            talk.recv(1000)
            talk.sendall(reply)
        released.wait(30)
        talk.close()

    released = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as place:
        threading.Thread(target=serve, daemon=True).start()
        yield place.getsockname()[1]
        released.set()
