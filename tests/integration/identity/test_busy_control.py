"""Another process holds the control file's write lock: pages go on, and note the visit later."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from daftari.db.control import CONTROL_FILE
from daftari.db.keys import MasterKey
from daftari.identity.rules import TOUCH_EVERY
from daftari.identity.tables import sessions

HOLDER = """
import sys
import sqlcipher3.dbapi2 as sqlcipher
control = sqlcipher.connect(sys.argv[1], isolation_level=None)
control.execute(f"PRAGMA key=\\"x'{sys.stdin.readline().strip()}'\\"")
control.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
control.execute("ROLLBACK")
"""
PAGES = ("/account", "/")


@contextmanager
def held(settings) -> Iterator[None]:
    """The write lock of the control file, held by a process of its own."""
    key = MasterKey.at(settings.master_key_file).derived("control")
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, settings.data / CONTROL_FILE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    process.stdin.write(key.hex() + "\n")
    process.stdin.flush()
    assert process.stdout.readline() == "held\n"
    try:
        yield
    finally:
        process.communicate("\n")
        assert process.returncode == 0


async def last_seen(app):
    return await app.state.control.read(lambda tx: tx.scalar(select(sessions.c.last_seen_at)))


async def test_pages_do_not_wait_for_it_and_the_visit_is_noted_later(
    app, settings, clock, umm_salim
):
    book = await umm_salim.shop()
    before = await last_seen(app)
    clock.move(seconds=TOUCH_EVERY.total_seconds())
    with held(settings):
        began = time.monotonic()
        for path in (*PAGES, book):
            assert (await umm_salim.browser.get(path)).status_code in (200, 303)
        assert time.monotonic() - began < 1.5
        assert await last_seen(app) == before
        leaving = asyncio.create_task(umm_salim.post("/signout"))
        await asyncio.sleep(0.3)
        assert not leaving.done(), "what must be stored does wait"
        leaving.cancel()
    await umm_salim.browser.get("/account")
    assert await last_seen(app) == clock.now()
