"""`daftari verify` on real encrypted files."""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from daftari.cli import main
from daftari.kernel.clock import Clock
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions import reverse_entry
from daftari.ledger.jobs import copy_heads
from daftari.ledger.rules.commands import ReverseEntry
from daftari.ledger.rules.kinds import TYPED_KINDS, Kind
from daftari.ledger.rules.proof import Proof
from tests.book import NOW, UMM_SALIM
from tests.integration.ledger.support import Installation, open_installation

PAGE = 4096


async def copy(installation: Installation) -> None:
    await copy_heads(installation.databases.shops, installation.databases.control, Clock())


async def harm(installation: Installation, shop_id: str, *statements: str) -> None:
    def unit(tx):
        tx.execute(text("DROP TRIGGER entries_refuse_update"))
        tx.execute(text("DROP TRIGGER entries_refuse_delete"))
        for statement in statements:
            tx.execute(text(statement))

    await installation.databases.shops.write(shop_id, unit)


Told = tuple[int, list[str], str]
Verify = Callable[..., Awaitable[Told]]


@pytest.fixture
def verify(installation: Installation, monkeypatch, capfd) -> Verify:
    """`await verify("--shop", …)`: exit code, lines, summary of the operator's command."""
    monkeypatch.setenv("DAFTARI_DATA", str(installation.settings.data))
    monkeypatch.setenv("DAFTARI_RESERVE_MIB", "0")

    async def told(*words: str) -> Told:
        code = await asyncio.to_thread(main, ["verify", *words])
        out, summary = capfd.readouterr()
        return code, out.splitlines(), summary.strip()

    return told


async def test_a_right_book_is_told_in_one_line(shop_id, verify):
    code, lines, summary = await verify()
    assert (code, lines) == (0, [f"{shop_id}  right  3 entries"])
    assert summary == "1 shops, 3 entries, 0 wrong."


async def test_a_file_of_an_older_schema_is_named_and_stays_as_it_is(installation, shop_id, verify):
    databases = installation.databases

    def stand_at_revision_one(tx):
        tx.exec_driver_sql("PRAGMA user_version = 1")

    def revision(tx):
        return tx.exec_driver_sql("PRAGMA user_version").scalar()

    await databases.shops.write(shop_id, stand_at_revision_one)
    code, lines, _ = await verify()
    assert (code, len(lines)) == (1, 1)
    assert "run `daftari migrate` first" in lines[0]
    assert await databases.shops.read(shop_id, revision) == 1
    head = await databases.control.read(revision)
    await databases.control.write(stand_at_revision_one)
    code, lines, said = await verify()
    assert (code, lines) == (1, [])
    assert said == "daftari: the data folder has an older schema: run `daftari migrate` first"
    assert await databases.control.read(revision) == 1 < head


async def test_a_wrong_line_is_named_and_the_other_shops_go_on(installation, shop_id, verify):
    others = [await installation.new_shop() for _ in range(2)]
    await installation.few_lines(others[0])
    await harm(installation, shop_id, "UPDATE entries SET amount_minor = 1 WHERE sequence = 2")
    await harm(installation, others[1], "DROP TABLE totals")
    code, lines, summary = await verify()
    assert code == 1
    assert lines == [
        f"{shop_id}  WRONG  entry 2: changed: it does not fit the chain",
        f"{others[0]}  right  3 entries",
        f"{others[1]}  WRONG  the book cannot be read: OperationalError",
    ]
    assert summary.endswith("2 wrong.")


async def test_one_shop_alone_can_be_asked_about(installation, shop_id, verify):
    sick = await installation.new_shop()
    await harm(installation, sick, "DELETE FROM customers")
    code, lines, _ = await verify("--shop", shop_id)
    assert (code, len(lines)) == (0, 1)
    code, lines, _ = await verify("--shop", new_id())
    assert (code, len(lines)) == (1, 1)


async def test_it_says_no_name_and_no_amount(installation, shop_id, verify):
    await harm(installation, shop_id, "UPDATE balances SET balance_minor = 4321")
    _, lines, summary = await verify()
    assert "entry 3" in lines[0]
    told = lines[0].removeprefix(shop_id) + summary
    assert not re.search("أبو علي|خبز|4321|700", told)


async def test_a_file_with_swapped_pages_is_found(tmp_path: Path):
    async with open_installation(tmp_path) as installation:
        shop_id = await installation.new_shop()
        await installation.few_lines(shop_id)
        path = installation.file(shop_id)
    pages = path.read_bytes()
    swapped = pages[: 2 * PAGE] + pages[3 * PAGE : 4 * PAGE] + pages[2 * PAGE : 3 * PAGE]
    path.write_bytes(swapped + pages[4 * PAGE :])
    async with open_installation(tmp_path) as installation:
        (fault,) = (await installation.proof(shop_id)).faults
        assert fault.reason.startswith("the file ")


async def test_an_old_page_put_back_is_found(tmp_path: Path):
    """Its seal is right: it is this file's own page, from before. Only the book tells."""
    path, shop_id, old = await _old_and_new(tmp_path)
    new = path.read_bytes()
    changed = [at for at in range(0, len(old), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
    assert changed
    found = []
    for at in changed:
        path.write_bytes(new[:at] + old[at : at + PAGE] + new[at + PAGE :])
        async with open_installation(tmp_path) as installation:
            found.append((await installation.proof(shop_id)).faults)
    path.write_bytes(new)
    async with open_installation(tmp_path) as installation:
        assert (await installation.proof(shop_id)).faults == ()
    overlooked = len(changed) - sum(bool(faults) for faults in found)
    assert overlooked <= 2, "words that may have been erased, and what did not differ"


async def test_a_whole_old_file_put_back_is_found(tmp_path: Path):
    path, shop_id, old = await _old_and_new(tmp_path)
    path.write_bytes(old)
    async with open_installation(tmp_path) as installation:
        (fault,) = (await installation.proof(shop_id)).faults
        assert (fault.sequence, fault.reason) == (4, "missing, with all up to 6")


async def test_a_file_that_is_gone_is_told(installation, shop_id):
    other = await installation.new_shop()
    await installation.databases.shops.close()
    installation.file(shop_id).unlink()
    (fault,) = (await installation.proof(shop_id)).faults
    assert fault.reason == "the file is missing or cannot be read"
    assert await installation.proof(other) == Proof(0, ())


async def test_a_long_random_history_is_right(installation, shop_id):
    chance = random.Random(5)
    people = [await installation.customer(shop_id) for _ in range(4)]
    lines: list[str] = []
    for step in range(250):
        try:
            if lines and chance.random() < 0.2:
                mistake = lines.pop(chance.randrange(len(lines)))
                command = ReverseEntry(new_id(), mistake)
                shops = installation.databases.shops
                await shops.write(shop_id, reverse_entry, UMM_SALIM, NOW, command)
            else:
                kind = chance.choice([*TYPED_KINDS, Kind.DEBT, Kind.PAYMENT])
                who, minor = chance.choice(people), chance.randint(1, 60)
                recorded = await installation.entry(shop_id, who, kind, minor)
                lines.append(recorded.entry.id)
        except Refusal:
            continue
        if step % 50 == 0:
            assert (await installation.proof(shop_id)).faults == ()
    proof = await installation.proof(shop_id)
    assert proof.entries > 150
    assert proof.faults == ()


async def _old_and_new(data: Path) -> tuple[Path, str, bytes]:
    """A shop's file, with the bytes it had three lines earlier; its head was copied since."""
    async with open_installation(data) as installation:
        shop_id = await installation.new_shop()
        customer_id = await installation.few_lines(shop_id)
        path = installation.file(shop_id)
    old = path.read_bytes()
    async with open_installation(data) as installation:
        for _ in range(3):
            await installation.entry(shop_id, customer_id, Kind.PAYMENT, 400)
        await copy(installation)
    return path, shop_id, old
