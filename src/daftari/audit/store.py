"""SQL of the page: entries of the book and records of both audit logs, newest first."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, Table, and_, func, or_, select

from daftari.activity.tables import account_activity, shop_activity
from daftari.audit.rules.filters import START, ActivityFilter, Cursor
from daftari.audit.rules.kinds import ENTRY_KINDS, ActivityKind, verbs_of
from daftari.customers.tables import customers
from daftari.db.base import ReadTx
from daftari.ledger.tables import carried_entries, entries, entry_texts, plan_entries

_undo = entries.alias("undo")
_old = entries.alias("old")
_old_texts = entry_texts.alias("old_texts")
_next = entries.alias("next")


class EntryActivity(NamedTuple):
    """An entry, and what it reverses or corrects (`old_…`). `carry_id`, `plan_id`: what it is
    part of.
    """

    sequence: int
    id: str
    customer_id: str
    name: str
    role: str
    kind: str
    amount_minor: int
    currency: str
    occurred_on: date
    due_on: date | None
    method: str | None
    note: str | None
    at: datetime
    person_id: str
    session_id: str | None
    corrects_id: str | None
    carry_id: str | None
    plan_id: str | None
    old_kind: str | None
    old_amount_minor: int | None
    old_currency: str | None
    old_occurred_on: date | None
    old_due_on: date | None
    old_method: str | None
    old_note: str | None


class RecordActivity(NamedTuple):
    """An audit record. `name`, `role`: of the customer it is about, None where it is about none."""

    id: str
    at: datetime
    person_id: str
    session_id: str | None
    verb: str
    subject_id: str
    details: str | None
    name: str | None = None
    role: str | None = None


_ENTRIES = (
    select(
        entries.c.sequence,
        entries.c.id,
        entries.c.customer_id,
        customers.c.name,
        customers.c.role,
        entries.c.kind,
        entries.c.amount_minor,
        entries.c.currency,
        entries.c.occurred_on,
        entries.c.due_on,
        entries.c.method,
        entry_texts.c.note,
        entries.c.recorded_at,
        entries.c.recorded_by,
        entries.c.session_id,
        entries.c.corrects_id,
        carried_entries.c.carry_id,
        plan_entries.c.plan_id,
        _old.c.kind.label("old_kind"),
        _old.c.amount_minor.label("old_amount_minor"),
        _old.c.currency.label("old_currency"),
        _old.c.occurred_on.label("old_occurred_on"),
        _old.c.due_on.label("old_due_on"),
        _old.c.method.label("old_method"),
        _old_texts.c.note.label("old_note"),
    )
    .join(customers, customers.c.id == entries.c.customer_id)
    .outerjoin(entry_texts, entry_texts.c.entry_id == entries.c.id)
    .outerjoin(carried_entries, carried_entries.c.entry_id == entries.c.id)
    .outerjoin(plan_entries, plan_entries.c.entry_id == entries.c.id)
    # A correction is written right after the reversal that belongs to it.
    .outerjoin(
        _undo,
        and_(entries.c.corrects_id.is_not(None), _undo.c.sequence == entries.c.sequence - 1),
    )
    .outerjoin(_old, _old.c.id == func.coalesce(entries.c.reverses_id, _undo.c.reverses_id))
    .outerjoin(_old_texts, _old_texts.c.entry_id == _old.c.id)
)
_belongs_to_correction = (
    select(1)
    .where(_next.c.sequence == entries.c.sequence + 1, _next.c.corrects_id.is_not(None))
    .correlate(entries)
    .exists()
)


def find_entries(
    tx: ReadTx, wanted: ActivityFilter, before: Cursor, limit: int
) -> list[EntryActivity]:
    """Entries of a filter, newest first; a correction is one, without its reversal."""
    if wanted.kind is not None and wanted.kind not in (*ENTRY_KINDS, ActivityKind.CORRECTION):
        return []
    # The inner statement needs an index alone: the rest is read for the entries of the page.
    some = _newest_entries(wanted, before, limit).subquery()
    found = _ENTRIES.join(some, some.c.sequence == entries.c.sequence)
    rows = tx.execute(found.order_by(entries.c.sequence.desc()))
    return [EntryActivity._make(row) for row in rows]


def find_records(
    tx: ReadTx, wanted: ActivityFilter, before: Cursor, limit: int
) -> list[RecordActivity]:
    """Records of the shop's audit log, newest first."""
    if _has_no_verbs(wanted):
        return []
    log = shop_activity
    found = _records(log, wanted, before, limit)
    if wanted.customer_id is not None:
        found = found.where(log.c.subject_id == wanted.customer_id)
    named = found.add_columns(customers.c.name, customers.c.role).outerjoin(
        customers, customers.c.id == log.c.subject_id
    )
    return [RecordActivity._make(row) for row in tx.execute(named)]


def find_account_records(
    tx: ReadTx, shop_id: str, wanted: ActivityFilter, before: Cursor, limit: int
) -> list[RecordActivity]:
    """Records of the control file's audit log that concern a shop, newest first."""
    if wanted.customer_id is not None or _has_no_verbs(wanted):
        return []
    log = account_activity
    found = _records(log, wanted, before, limit).where(log.c.shop_id == shop_id)
    return [RecordActivity(*row) for row in tx.execute(found)]


def find_customer_names(tx: ReadTx, customer_ids: Collection[str]) -> dict[str, str]:
    """The names of customers by id; of those that there are."""
    if not customer_ids:
        return {}
    named = select(customers.c.id, customers.c.name).where(customers.c.id.in_(customer_ids))
    return {row[0]: row[1] for row in tx.execute(named)}


def _newest_entries(wanted: ActivityFilter, before: Cursor, limit: int) -> Select[Any]:
    """The sequences of a page. Time, person and kind stand in one index, the customer in another,
    corrections and reversals in two of their own; without a filter the key is enough.
    """
    c, rare = entries.c, (ActivityKind.CORRECTION, ActivityKind.REVERSAL)
    wheres = _of_filter(wanted, c.recorded_by, c.recorded_at)
    if wanted.customer_id is not None:
        wheres.append(c.customer_id == wanted.customer_id)
    if wanted.kind is ActivityKind.CORRECTION:
        wheres.append(c.corrects_id.is_not(None))
    elif wanted.kind is ActivityKind.REVERSAL:
        wheres.append(c.reverses_id.is_not(None))
    elif wanted.kind is not None:
        wheres.append(c.kind.in_(ENTRY_KINDS[wanted.kind]))
    by_time = wheres and wanted.customer_id is None and wanted.kind not in rare
    if before.sequence < START.sequence:
        wheres.append(c.sequence < before.sequence)
        if by_time:
            wheres.append(c.recorded_at <= _time_of(before.sequence))
    wheres.append(or_(c.kind != "reversal", ~_belongs_to_correction))
    order = (c.recorded_at.desc(), c.sequence.desc()) if by_time else (c.sequence.desc(),)
    return select(c.sequence).where(*wheres).order_by(*order).limit(limit)


def _time_of(sequence: int) -> ScalarSelect[datetime]:
    of = entries.alias("of")
    return select(of.c.recorded_at).where(of.c.sequence == sequence).scalar_subquery()


def _records(log: Table, wanted: ActivityFilter, before: Cursor, limit: int) -> Select[Any]:
    c = log.c
    older = or_(c.at < before.at, and_(c.at == before.at, c.id < before.record_id))
    wheres = [c.at <= before.at, older, *_of_filter(wanted, c.person_id, c.at)]
    if wanted.kind is not None:
        wheres.append(c.verb.in_(verbs_of(wanted.kind)))
    columns = c.id, c.at, c.person_id, c.session_id, c.verb, c.subject_id, c.details
    return select(*columns).where(*wheres).order_by(c.at.desc(), c.id.desc()).limit(limit)


def _of_filter(
    wanted: ActivityFilter, person: ColumnElement[Any], at: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    wheres = []
    if wanted.person_id is not None:
        wheres.append(person == wanted.person_id)
    if wanted.since is not None:
        wheres.append(at >= wanted.since)
    if wanted.until is not None:
        wheres.append(at < wanted.until)
    return wheres


def _has_no_verbs(wanted: ActivityFilter) -> bool:
    return wanted.kind is not None and not verbs_of(wanted.kind)
