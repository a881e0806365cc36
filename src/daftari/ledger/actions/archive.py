"""Archiving a customer whose account is settled."""

from datetime import datetime

from daftari.customers.actions import mark_archived
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Member
from daftari.ledger.rules.archive import refuse_archive
from daftari.ledger.store.account import find_balances


def archive_customer(tx: WriteTx, member: Member, at: datetime, customer_id: str) -> None:
    """Archive a customer. Idempotent. Raises `Missing`, and what `refuse_archive` raises."""
    refuse_open_account(tx, customer_id)
    mark_archived(tx, member, at, customer_id)


def refuse_open_account(tx: ReadTx, customer_id: str) -> None:
    """Raises what `refuse_archive` raises."""
    refuse_archive(row.balance_minor for row in find_balances(tx, customer_id))
