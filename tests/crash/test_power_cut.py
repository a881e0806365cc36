"""What is answered has reached the disk before: no write waits for its fsync when we say 'kept'.

Seen from outside, in the system calls of a program that writes. After a power cut only what was
synced is certain to be there.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import psutil

from tests.integration.db.support import Installation

CHECKOUT = Path(__file__).parents[2]
CALL = re.compile(r"(?:\[pid +)?(?:\d+\]?\s+)?(\w+)\((\d+)<([^>]*)>(?:, \"([^\"]*))?")


def system_calls(log: Path, data: Path, *act: str) -> list[tuple[str, str, str]]:
    """(call, file, first words) of writes and syncs, in order, of some tenths of a second."""
    tracer = ["strace", "-f", "-y", "-s", "200", "-o", log]
    tracer += ["-e", "trace=write,pwrite64,fsync,fdatasync"]
    writer = [sys.executable, CHECKOUT / "tests/crash/db_writer.py", data, *act]
    with subprocess.Popen(
        [*tracer, *writer],
        env=os.environ | {"PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        for _ in range(30):
            assert child.stdout.readline()
        # Killed itself, not its tracer, which would leave it running.
        for writing in psutil.Process(child.pid).children():
            writing.kill()
    found = (CALL.search(line) for line in log.read_text().splitlines())
    return [(m[1], m[3], m[4] or "") for m in found if m]


async def test_a_line_is_synced_before_it_is_answered(tmp_path: Path) -> None:
    installation = await Installation.start(tmp_path / "data")
    shop_id = await installation.new_shop()
    await installation.shops.write(
        shop_id, lambda tx: tx.exec_driver_sql("CREATE TABLE counted(n)")
    )
    await installation.stop()
    wal = f"{shop_id}.db-wal"
    seen: Counter[str] = Counter()
    unsynced = 0
    for call, file, words in system_calls(tmp_path / "log", tmp_path / "data", "write", shop_id):
        if file.endswith(wal):
            unsynced = 0 if call.endswith("sync") else unsynced + 1
            seen[call] += 1
        elif call == "write" and words.startswith(shop_id):
            assert unsynced == 0
            seen["answered"] += 1
    assert seen["answered"] >= 20
    assert seen["pwrite64"] >= seen["answered"]
    assert seen["fdatasync"] + seen["fsync"] >= seen["answered"]


async def test_a_shop_its_folder_and_its_key_are_synced_before_it_is_answered(
    tmp_path: Path,
) -> None:
    installation = await Installation.start(tmp_path / "data")
    await installation.new_shop()
    await installation.stop()
    synced: set[str] = set()
    answered = born = 0
    for call, file, words in system_calls(tmp_path / "log", tmp_path / "data", "create"):
        if call.endswith("sync"):
            synced.add(file)
            born += "/unborn/" in file and file.endswith(".db")
        elif call == "write" and re.match(r"[0-9a-f]{8}-", words):
            shop_id = words[:36]
            folder = installation.file(shop_id).parent
            names = (folder, folder.parent, folder.parent.parent, tmp_path / "data/control.db-wal")
            assert {str(name) for name in names} <= synced
            answered += 1
            assert born >= answered
    assert answered >= 5
