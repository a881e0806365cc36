"""Write docs/data-model.md from the declared tables: `make data-model`.

Columns, keys and indexes come from SQLAlchemy, triggers from a file that the migrations made, and
whose data a table holds from the `CLAIMS` of its room. Only the purpose of a table is written here.
"""

import asyncio
import importlib
import re
import secrets
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, MetaData, Table, UniqueConstraint

from daftari.db import migrate
from daftari.db.base import control_tables, shop_tables
from daftari.db.connection import EncryptedFile
from daftari.db.migrate import Family
from daftari.kernel.personal import Claim

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "daftari"
TARGET = ROOT / "docs" / "data-model.md"
_DECLARES = re.compile(r"\b(?:control_table|shop_table)\(")

PURPOSES: Mapping[str, str] = {
    "access_reviews": "Who reviewed the permissions of a shop, and when.",
    "account_activity": "The audit log of the installation: sign-ins, passkeys, shops.",
    "activity": "The audit log of a shop, for everything that leaves no entry in the book.",
    "alert_readings": "Who has read which alert.",
    "alerts": "What the shop was alerted to: a limit passed, a large reversal, a new phone.",
    "allocations": "How much of which credit stands against which debt.",
    "balances": "The balance of a customer in each currency, and what of it was written off.",
    "chain_heads": "A copy of the newest chain digest of each shop, outside the shop's file.",
    "challenges": "WebAuthn challenges, each spent by its first use, and what waits for it.",
    "consents": "What a customer agreed to be sent, by channel and purpose, from when to when.",
    "approvals": "Requests for approval of what a member may not write alone, with their answers.",
    "customers": "Customers and suppliers, with the summary of their account.",
    "devices": "The name of each session's device, for the audit logs.",
    "entries": "The book: one immutable row for each debt, payment, discount or reversal.",
    "idempotency_keys": "Ids of requests, each with its content, so that none is written twice.",
    "branches": "The places in which a shop sells; none where there is no second one.",
    "main_currency": "At most one row: the currency of account summaries and credit limits.",
    "memberships": "Which person works in which shop, and in which role.",
    "messages": "The outbox: every message to a customer or to a phone of the shop, and its state.",
    "day_totals": "What stands by civil day, kind and who wrote it; kept by triggers.",
    "due_totals": "What is open of all customers by the day it falls due; kept by triggers.",
    "open_items": "What is still open of a debt or of an advance.",
    "particulars": "The free text of an entry, apart from it so that it can be erased.",
    "passkeys": "Public keys by which people sign in.",
    "people": "People who sign in.",
    "goods": "The goods of a debt, whose prices add up to its amount.",
    "photos": "The photo of an entry.",
    "carried_entries": "Which entries belong to one carry-over.",
    "plan_entries": "Which entry is which instalment of a plan.",
    "plans": "Instalment plans that were agreed with a customer.",
    "promises": "Promises to pay: how much, by which day.",
    "push_subscriptions": "Phones of the shop that receive push notifications.",
    "recovery_codes": "Digests of the codes that let in somebody who lost every passkey.",
    "rates": "By which rate a credit limit counts another currency, as the owner typed it.",
    "reminder_settings": "One row: how the shop sends messages, and how far planning has come.",
    "sessions": "Sign-ins, each by the digest of its cookie.",
    "shop_keys": "The key of each shop's file, wrapped by the master key.",
    "shops": "Shops with their settings.",
    "spent_challenges": "Challenges that a passkey has answered, known for a day to tell a replay.",
    "signins": "The sign-in list of a person: sign-ins, and what was odd about an answer.",
    "phone_links": "Digests of the links by which a person's second phone comes in, once.",
    "handovers": "offers of a shop by its owner to another member, once",
    "phone_proofs": "new phone numbers of people, until a code proves them",
    "invitations": "Invitations into a shop: by whom, for whom, in what role; digests of tokens.",
    "tasks": "Long work in the background: who asked for it, its progress, and its file's end.",
    "tills": "Devices on which the members of a shop take turns; digests of tokens.",
    "till_pins": "Hashes of the pins of members on a till, and how often one was wrong.",
    "signin_links": "Digests of the operator's links that sign in once.",
    "stop_links": "The secret part of the link by which a customer stops messages.",
    "sync_refusals": "Items of phones that were refused, for the owner to look into.",
    "totals": "What the shop is owed and owes, in each currency.",
    "wakeups": "When the worker opens each shop next.",
}

_FAMILIES = (
    (Family.CONTROL, control_tables, "The control file", "`control.db`, one for the installation."),
    (Family.SHOP, shop_tables, "A shop's file", "One for each shop. No table in it names a shop."),
)
_INTRO = """\
# Data model

This file is made by `make data-model` from the tables that the rooms declare, and a test holds the
two equal: it is not edited by hand. Every file is encrypted as a whole.

«About» says whose data a row is, and «when erased» what is to be left of it. These are the duties
that each room declares in its `personal_data`; no command carries them out yet.

| type | meaning |
|---|---|
| `Text` | also every id: a UUID as text |
| `Moment` | an instant in UTC, as sortable text of millisecond precision |
| `Date` | a civil date of the shop's time zone |
| `Personal` | text that says who somebody is |
| `BigInteger` | 64 bits: numbers that only grow, and money |
| `BigInteger` named `…_minor` | money: an integer of the currency's minor unit |
"""


def main() -> int:
    """Write the file. Answers 1 where a table has no purpose, or a purpose no table."""
    TARGET.write_text(document(), "utf-8")
    wrong = sorted(unmatched())
    for name in wrong:
        print(f"scripts/data_model.py: `{name}` stands in PURPOSES or in the tables only")
    return min(len(wrong), 1)


def document() -> str:
    """The whole of docs/data-model.md."""
    rooms, claims = _rooms(), _claims()
    parts = [_INTRO]
    for family, tables, title, about in _FAMILIES:
        parts.append(f"## {title}\n\n{about}\n")
        triggers = asyncio.run(_triggers(family))
        for name in sorted(tables.tables, key=lambda name: (rooms[name], name)):
            table = tables.tables[name]
            parts.append(_section(table, rooms[name], claims.get(name), triggers[name]))
    return "\n".join(parts)


def unmatched() -> set[str]:
    """Tables without a purpose, and purposes without a table."""
    return set(_rooms()) ^ set(PURPOSES)


def _section(table: Table, room: str, claim: Claim | None, triggers: list[str]) -> str:
    purpose = PURPOSES.get(table.name, "No purpose is written down.")
    lines = [f"### `{table.name}` · {room}", "", purpose, ""]
    lines += ["| column | type | null | |", "|---|---|---|---|"]
    lines += [_column(column) for column in table.columns]
    lines += ["", *_rules(table), *(f"- trigger: {trigger}" for trigger in triggers)]
    lines += [] if claim is None else _duty(claim)
    return "\n".join(lines) + "\n"


def _column(column: Column[Any]) -> str:
    notes = ["primary key"] if column.primary_key else []
    notes += [f"→ `{foreign.target_fullname}`" for foreign in column.foreign_keys]
    notes += ["unique"] if _is_unique(column) else []
    if column.default is not None and column.default.is_scalar:
        notes.append(f"default `{getattr(column.default, 'arg', None)!r}`")
    null = "yes" if column.nullable else ""
    kind = type(column.type).__name__
    return f"| `{column.name}` | {kind} | {null} | {', '.join(notes)} |"


def _is_unique(column: Column[Any]) -> bool:
    rules = column.table.constraints
    return any(isinstance(rule, UniqueConstraint) and [*rule.columns] == [column] for rule in rules)


def _rules(table: Table) -> Iterator[str]:
    """Keys of several columns, indexes and checks, in an order that does not change."""
    if len(table.primary_key.columns) > 1:
        yield f"- primary key: {_names(table.primary_key.columns.keys())}"
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        yield _index(index)
    for constraint in sorted(table.constraints, key=lambda one: str(one.name)):
        if isinstance(constraint, CheckConstraint):
            yield f"- check: `{constraint.sqltext}`"
        if isinstance(constraint, UniqueConstraint) and len(constraint.columns) > 1:
            yield f"- unique: {_names(constraint.columns.keys())}"


def _index(index: Index) -> str:
    where = index.dialect_options["sqlite"]["where"]
    only = "" if where is None else f", only where {where}".replace(f"{index.table}.", "")
    return f"- {'unique index' if index.unique else 'index'}: {_names(index.columns.keys())}{only}"


def _duty(claim: Claim) -> Iterator[str]:
    by = f", found by `{claim.by}`" if claim.by else ""
    yield f"- about: {claim.about}{by}; kept {claim.kept}"
    if claim.leaves:
        yield "- when erased: the row is deleted"
    elif claim.erase:
        yield f"- when erased: {_names(claim.erase)} emptied, the row stays"


def _names(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _rooms() -> dict[str, str]:
    """The room of every table. Imports each module that declares tables."""
    rooms: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if not _DECLARES.search(path.read_text("utf-8")):
            continue
        module = importlib.import_module(_module(path))
        for table in [one for one in vars(module).values() if isinstance(one, Table)]:
            rooms.setdefault(table.name, path.relative_to(PACKAGE).parts[0])
    return {name: rooms.get(name, "?") for name in _declared()}


def _declared() -> list[str]:
    families: tuple[MetaData, ...] = (control_tables, shop_tables)
    return [name for tables in families for name in tables.tables]


def _claims() -> dict[str, Claim]:
    homes = sorted(PACKAGE.rglob("personal_data.py"))
    modules = [importlib.import_module(_module(path)) for path in homes]
    return {name: claim for module in modules for name, claim in module.CLAIMS.items()}


def _module(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


async def _triggers(family: Family) -> dict[str, list[str]]:
    """The triggers of each table in a file that the migrations made."""
    with TemporaryDirectory() as folder:
        file = await EncryptedFile.open(Path(folder) / "fresh.db", secrets.token_bytes(32))
        try:
            await file.write(migrate.upgrade, family)
            rows = await file.raw(_read_triggers)
        finally:
            await file.close()
    found: dict[str, list[str]] = defaultdict(list)
    for table, sql in rows:
        found[table].append(f"`{' '.join(sql.split())}`")
    return found


def _read_triggers(driver: Any) -> list[tuple[str, str]]:
    query = "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    return list(driver.execute(query).fetchall())


if __name__ == "__main__":
    sys.exit(main())
