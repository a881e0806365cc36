"""kill -9 while 300 messages leave: none is lost, and none is sent twice but under its own key."""

import asyncio
import os
import random
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import select

from daftari.db.base import ReadTx
from daftari.db.databases import open_databases
from daftari.db.keys import all_shop_ids
from daftari.delivery.actions import enqueue
from daftari.delivery.rules import Channel, Message, State
from daftari.delivery.tables import messages
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Person
from daftari.identity.rules.commands import NewShop
from daftari.kernel.clock import Clock, as_text
from daftari.kernel.ids import new_id
from daftari.settings import Settings
from tests import programs
from tests.providers import Asked, Provider, Reply, answer, provider

SHOPS, EACH, KILLS = 6, 50, 6
WHOLE = SHOPS * EACH


@pytest.mark.parametrize(("form", "workers"), [("webhook", 1), ("webhook", 2), ("twilio", 1)])
def test_each_of_300_messages_leaves_once_through_any_number_of_kills(
    tmp_path: Path, form: str, workers: int
) -> None:
    data = tmp_path / "data"
    expected = asyncio.run(_fill(data))
    chance, began = random.Random(23), Clock().now()
    hours = (as_text(began + timedelta(minutes=2 * n)) for n in count())
    with provider(_slowly) as known:
        environment, killed = _environment(data, form, known.origin), 0
        for _ in range(KILLS):
            killed += _kill_at_work(environment, next(hours), workers, known, chance)
        while _once(environment, next(hours)):
            assert len(known.asked) < 10 * WHOLE
        sent = Counter(_key_of(asked) for asked in known.asked)
    states = asyncio.run(_states(data))
    assert killed >= 2, "they were done before they could be killed"
    assert set(states) == expected
    if form == "webhook":
        assert set(sent) == expected, "lost, or sent under a key of its own"
        assert set(states.values()) == {State.ACCEPTED}
        return
    assert max(sent.values()) == 1, "a provider that forgets was asked twice"
    assert set(states.values()) == {State.ACCEPTED, State.UNKNOWN}
    unknown = {one for one, state in states.items() if state == State.UNKNOWN}
    assert expected - set(sent) <= unknown, "called accepted, and never sent"


def _slowly(asked: Asked) -> Reply:
    time.sleep(0.02)
    key = _key_of(asked)
    return answer({"id": key}) if "idempotency-key" in asked.headers else answer({"sid": key}, 201)


def _key_of(asked: Asked) -> str:
    """The message's id: as the key of the webhook, and in the text of the other."""
    return asked.headers.get("idempotency-key") or str(asked.fields["Body"])


async def _fill(data: Path) -> set[str]:
    """Six shops with fifty messages each; their ids."""
    owner, now = Person(new_id(), "أم سليم", "+966500000001", "ar"), Clock().now()
    ids: set[str] = set()
    settings = Settings(data=data, master_key_file=data / "master.key", reserve_bytes=0)
    async with open_databases(settings) as databases:
        for _ in range(SHOPS):
            shop = NewShop(new_id(), "بقالة النور", "SA", replace(owner, id=new_id()))
            wrapped = await databases.shops.create(shop.id)
            await databases.control.write(open_shop, shop, wrapped, now)
            for _ in range(EACH):
                message_id = new_id()
                message = Message(
                    Channel.SMS, "test", message_id, "+966501234567", message_id, id=message_id
                )
                await databases.shops.write(shop.id, enqueue, now, message)
                ids.add(message_id)
    return ids


async def _states(data: Path) -> dict[str, str]:
    """What became of every message, by its id."""
    settings = Settings(data=data, master_key_file=data / "master.key", reserve_bytes=0)
    found: dict[str, str] = {}
    async with open_databases(settings) as databases:
        for shop_id in await databases.control.read(all_shop_ids):
            found |= await databases.shops.read(shop_id, _states_in)
    return found


def _states_in(tx: ReadTx) -> dict[str, str]:
    return {row.id: row.state for row in tx.execute(select(messages.c.id, messages.c.state))}


def _kill_at_work(
    environment: dict[str, str], at: str, workers: int, known: Provider, chance: random.Random
) -> int:
    """Workers that begin at this hour; all are killed while they send. How many still lived."""
    until = len(known.asked) + chance.randint(1, 40)
    running = [_started(environment, at) for _ in range(workers)]
    while len(known.asked) < until and any(process.is_alive() for process in running):
        time.sleep(0.005)
    living = [process for process in running if process.is_alive()]
    for process in living:
        process.kill()
    for process in running:
        process.join()
    return len(living)


def _started(environment: dict[str, str], at: str) -> BaseProcess:
    return programs.begin(["worker", "--once", "--at", at], environment, Path(os.devnull))


def _once(environment: dict[str, str], at: str) -> bool:
    """What is due at this hour, undisturbed. Whether there was anything."""
    done = programs.run(["worker", "--once", "--at", at], environment)
    assert done.returncode == 0, done.stderr
    assert "job failure" not in done.stdout, done.stdout
    return not done.stderr.startswith("0 shops")


def _environment(data: Path, form: str, origin: str) -> dict[str, str]:
    return os.environ | {
        "DAFTARI_DATA": str(data),
        "DAFTARI_RESERVE_MIB": "0",
        "DAFTARI_SMS_PROVIDER": form,
        "DAFTARI_SMS_URL": origin,
        "DAFTARI_SMS_USER": "AC1",
        "DAFTARI_SMS_TOKEN": "secret",
        "DAFTARI_SMS_SENDER": "Daftari",
        "DAFTARI_SMS_DAILY": "100000",
    }
