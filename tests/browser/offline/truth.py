"""What is in the book, read past everything that is tested; and that it is right in itself."""

from pathlib import Path
from typing import NamedTuple

from daftari.db.base import ReadTx
from daftari.db.databases import open_databases
from daftari.ledger.jobs import verify_shop
from daftari.settings import Settings
from tests.browser.seed import Shop, run

_LINES = """
    SELECT e.id, c.name, e.kind, e.amount_minor, p.note, e.reverses_id, e.recorded_by
    FROM entries e JOIN customers c ON c.id = e.customer_id
    LEFT JOIN particulars p ON p.entry_id = e.id ORDER BY e.sequence
"""


class Line(NamedTuple):
    id: str
    name: str
    kind: str
    minor: int
    note: str | None
    reverses: str | None
    by: str


def lines(data: Path, shop: Shop) -> list[Line]:
    """Every line of the shop's book in its order. The proof of the book must hold."""
    return run(_read(data, shop.member.shop.id))


def amounts(data: Path, shop: Shop, name: str) -> list[int]:
    """What was written with somebody, in order; payments below zero."""
    told = [line for line in lines(data, shop) if line.name == name]
    return [-line.minor if line.kind == "payment" else line.minor for line in told]


async def _read(data: Path, shop_id: str) -> list[Line]:
    settings = Settings(data=data, master_key_file=data / "master.key", reserve_bytes=0)
    async with open_databases(settings) as databases:
        told = await databases.shops.read(shop_id, _lines)
        proof = await verify_shop(databases.shops, databases.control, shop_id)
    assert proof.faults == (), proof.faults
    assert len({line.id for line in told}) == len(told)
    return told


def _lines(tx: ReadTx) -> list[Line]:
    return [Line(*row) for row in tx.exec_driver_sql(_LINES)]
