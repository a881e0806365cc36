"""The SQL of the audit logs and alerts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, insert, select

from daftari.activity.tables import account_activity, alerts, shop_activity
from daftari.db.base import ReadTx, WriteTx, insert_new

_INTO_SHOP = insert(shop_activity)
_INTO_ACCOUNTS = insert(account_activity)


def insert_shop_activity(tx: WriteTx, row: Mapping[str, Any]) -> None:
    tx.execute(_INTO_SHOP, row)


def insert_account_activity(tx: WriteTx, row: Mapping[str, Any]) -> None:
    tx.execute(_INTO_ACCOUNTS, row)


def insert_alert(tx: WriteTx, row: Mapping[str, Any]) -> bool:
    return insert_new(tx, alerts, row)


def has_alert(tx: ReadTx, kind: str, subject_id: str, since: datetime) -> bool:
    c = alerts.c
    found = select(c.id).where(c.subject_id == subject_id, c.kind == kind, c.at >= since)
    return tx.scalar(found.limit(1)) is not None


def about(tx: ReadTx, subject_id: str, limit: int = 50) -> Sequence[RowMapping]:
    """The audit records about one subject of the shop, newest first."""
    audit_log = shop_activity
    of_subject = select(audit_log).where(audit_log.c.subject_id == subject_id)
    return tx.execute(of_subject.order_by(audit_log.c.id.desc()).limit(limit)).mappings().all()
