"""The machine-readable files of an export: a JSON object for each row, one a line."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import msgspec

from daftari.db.base import ReadTx, Rows
from daftari.exports import store
from daftari.exports.jobs.archive import Archive, ArchiveFile
from daftari.exports.rules.contents import ATTACHMENTS, TABLES, Attachment
from daftari.tasks.actions.child import Report

_encode: Final[Callable[[Any], bytes]] = msgspec.json.Encoder().encode


class Steps:
    """The progress of an export: a step for each row that is written."""

    def __init__(self, report: Report, total: int) -> None:
        self._report = report
        self._total = total
        self._done = 0

    def over(self, parts: Iterable[Rows]) -> Iterator[Rows]:
        """The parts, each counted once it is written."""
        for part in parts:
            yield part
            self._done += len(part)
            self._report(self._done, self._total)

    def end(self) -> None:
        self._report(self._total, self._total)


def write_shop(archive: Archive, shop: dict[str, Any]) -> None:
    """Write the settings of the shop."""
    with archive.file("data/shop.json") as file:
        file.write(msgspec.json.format(_encode(shop)))


def write_tables(tx: ReadTx, archive: Archive, steps: Steps) -> set[str]:
    """Write every table, its rows in the order of their key, and then the pictures.

    Returns the ids of the sessions that the rows name.
    """
    sessions: set[str] = set()
    for name in TABLES:
        with archive.file(f"data/{name}.jsonl") as file:
            _write_rows(tx, file, name, steps, sessions)
    for name, attachment in ATTACHMENTS.items():
        _write_pictures(tx, archive, name, attachment)
    return sessions


def write_control_records(
    archive: Archive, records: dict[str, list[dict[str, Any]]], sessions: set[str]
) -> None:
    """Write what the control file has of the shop; of the devices those that the book names."""
    sessions |= {row["session_id"] for row in records["account_activity"]}
    devices = [row for row in records["devices"] if row["session_id"] in sessions]
    for name, rows in {**records, "devices": devices}.items():
        with archive.file(f"data/{name}.jsonl") as file:
            for row in rows:
                file.write(_encode(row) + b"\n")


def _write_rows(tx: ReadTx, file: ArchiveFile, name: str, steps: Steps, sessions: set[str]) -> None:
    columns = store.table_named(name).c.keys()
    attachment = ATTACHMENTS.get(name)
    for part in steps.over(store.all_rows(tx, name)):
        for row in part:
            values = dict(zip(columns, row, strict=True))
            if attachment is not None:
                has_picture = values[attachment.column] is not None
                values[attachment.column] = (
                    attachment.name.format(values[attachment.key]) if has_picture else None
                )
            if session_id := values.get("session_id"):
                sessions.add(session_id)
            file.write(_encode(values) + b"\n")


def _write_pictures(tx: ReadTx, archive: Archive, name: str, attachment: Attachment) -> None:
    columns = store.table_named(name).c.keys()
    content, key = columns.index(attachment.column), columns.index(attachment.key)
    for part in store.all_rows(tx, name):
        for row in part:
            if row[content] is not None:
                with archive.file(attachment.name.format(row[key]), is_packed=False) as file:
                    file.write(row[content])
