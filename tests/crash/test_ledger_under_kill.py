"""kill -9 while the book is written: what was answered is there, once, and the book is right.

The phone does not know what came through, and sends everything again under the same ids.
"""

import random
from pathlib import Path

from daftari.kernel.ids import new_id
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.store.entries import find_entry
from tests.crash.killing import run_and_kill
from tests.crash.ledger_writer import live
from tests.integration.ledger.support import open_installation

KILLS = 16
LEAST = 6


async def test_nothing_answered_is_lost_and_nothing_sent_again_is_doubled(tmp_path: Path) -> None:
    chance = random.Random(7)
    async with open_installation(tmp_path) as installation:
        shop_id = await installation.new_shop()
        customers = [await installation.customer(shop_id) for _ in range(5)]
    sent: list[str] = []
    kept: dict[str, int] = {}
    for _ in range(KILLS):
        sent += [_request(chance, customers) for _ in range(150)]
        waiting = [one for one in sent if one.split()[0] not in kept]
        answers = _write_and_kill(tmp_path, shop_id, waiting, after=chance.uniform(0.02, 0.25))
        for entry_id, _, sequence in answers:
            assert kept.setdefault(entry_id, sequence) == sequence
        await _prove(tmp_path, shop_id, kept)
    assert len(kept) < len(sent)
    everything = _write_and_kill(tmp_path, shop_id, sent, after=None)
    assert len(everything) == len(sent)
    for entry_id, answer, sequence in everything:
        assert entry_id not in kept or (answer, sequence) == ("known", kept[entry_id])
    assert await _prove(tmp_path, shop_id, kept) == len(sent)


def _request(chance: random.Random, customers: list[str]) -> str:
    kind = chance.choice([Kind.DEBT, Kind.DEBT, Kind.PAYMENT])
    return f"{new_id()} {chance.choice(customers)} {kind} {chance.randint(1, 5000)}"


def _write_and_kill(
    data: Path, shop_id: str, requests: list[str], after: float | None
) -> list[tuple[str, str, int]]:
    """Send all; kill the program `after` seconds beyond the `LEAST` answers (None: let it end).
    What it answered by then.
    """
    said = data / "said"
    whole = run_and_kill(said, live, data, shop_id, requests, least=LEAST, after=after)
    return [(one, answer, int(at)) for one, answer, at in (line.split() for line in whole)]


async def _prove(data: Path, shop_id: str, kept: dict[str, int]) -> int:
    """The book is right, and every answered line stands where it was said to. How many lines."""
    async with open_installation(data) as installation:
        proof = await installation.proof(shop_id)
        assert proof.faults == ()

        def places(tx) -> dict[str, int]:
            found = {entry_id: find_entry(tx, entry_id) for entry_id in kept}
            return {one: written.entry.sequence for one, written in found.items() if written}

        assert await installation.databases.shops.read(shop_id, places) == kept
        return proof.entries
