"""The child process that writes an export: from a copy of the shop's file into a sealed file."""

from contextlib import closing
from pathlib import Path
from typing import Any, Final

from daftari.db import migrate
from daftari.db.base import ReadTx
from daftari.db.copies import read_copy
from daftari.db.migrate import Family
from daftari.db.sealed_files import SealedWriter
from daftari.exports import store
from daftari.exports.jobs.archive import Archive
from daftari.exports.jobs.records import Steps, write_control_records, write_shop, write_tables
from daftari.exports.pages import book, sheets
from daftari.exports.pages.words import ExportWords
from daftari.kernel.money import NOTATIONS
from daftari.tasks.actions.child import Report, work_for_parent

_PASSES: Final = 3
"""How often each entry is written: as JSON, as CSV, and in the book."""


def export(request: dict[str, Any], report: Report) -> int:
    """Write the export that is asked for. Returns the size of the zip file."""
    source, target = request["source"], request["target"]
    sink = SealedWriter(Path(target["path"]), bytes.fromhex(target["key"]))
    source_key = bytes.fromhex(source["key"])
    with (
        closing(sink),
        read_copy(Path(source["path"]), source_key, Path(request["copy"])) as tx,
    ):
        _write(tx, Archive(sink), request, report)
    return sink.length


def _write(tx: ReadTx, archive: Archive, request: dict[str, Any], report: Report) -> None:
    counts = store.count_rows(tx)
    steps = Steps(report, sum(counts.values()) + (_PASSES - 1) * counts["entries"])
    shop, records = request["shop"], request["records"]
    names = {one["id"]: one["name"] for one in records["people"]}
    notation = NOTATIONS[shop["notation"]]
    words = ExportWords(request["language"], shop["digits"], notation, names)
    balances = _balances(tx)
    with archive.file("book.html") as file:
        file.text(book.book_head(words, shop["name"], request["day"]))
        for piece in book.book_index(words, store.customer_rows(tx), balances):
            file.text(piece)
        for piece in book.book_accounts(words, steps.over(store.account_rows(tx)), balances):
            file.text(piece)
        file.text(book.book_end(words, counts["entries"]))
    _write_sheets(tx, archive, words, balances, steps)
    write_shop(archive, shop)
    sessions = write_tables(tx, archive, steps)
    write_control_records(archive, records, sessions)
    about = {"exported_at": request["at"], "shop": request["shop_id"]}
    archive.finish({**about, "schema": migrate.head(Family.SHOP)})
    steps.end()


def _write_sheets(
    tx: ReadTx, archive: Archive, words: ExportWords, balances: book.Balances, steps: Steps
) -> None:
    lines = {
        "customers": sheets.customer_lines(words, store.customer_rows(tx), balances),
        "entries": sheets.entry_lines(words, steps.over(store.entry_rows(tx))),
        "promises": sheets.promise_lines(words, store.promise_rows(tx)),
    }
    columns = {"customers": sheets.CUSTOMERS, "entries": sheets.ENTRIES}
    for name, found in lines.items():
        with archive.file(f"csv/{name}.csv") as file:
            file.text(sheets.head(words, columns.get(name, sheets.PROMISES)))
            for line in found:
                file.text(line)


def _balances(tx: ReadTx) -> book.Balances:
    balances: book.Balances = {}
    for part in store.balance_rows(tx):
        for row in part:
            balances.setdefault(row.customer_id, {})[row.currency] = row.balance_minor
    return balances


if __name__ == "__main__":
    work_for_parent(export)
