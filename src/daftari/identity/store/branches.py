"""The SQL of the branches of a shop."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from daftari.db.base import ReadTx, WriteTx
from daftari.db.prepared import prepared
from daftari.identity.rules.branches import Branch
from daftari.identity.tables import branches, invitations, memberships, people, shops

_c = branches.c
_of_shop = prepared(
    select(_c.id, _c.name, _c.is_first, _c.closed_at.is_not(None))
    .where(_c.shop_id == bindparam("shop_id"))
    .order_by(_c.created_at, _c.is_first.desc(), _c.id)
)


def find_branches(tx: ReadTx, shop_id: str) -> tuple[Branch, ...]:
    """All branches of a shop, closed ones too, by the time they were added."""
    rows = tx.execute(_of_shop, {"shop_id": shop_id})
    return tuple(Branch(row[0], row[1], bool(row[2]), bool(row[3])) for row in rows)


def insert_branch(tx: WriteTx, shop_id: str, branch: Branch, now: datetime) -> None:
    row = {"id": branch.id, "shop_id": shop_id, "name": branch.name, "is_first": branch.is_first}
    tx.execute(insert(branches), {**row, "created_at": now})


def mark_shop(tx: WriteTx, shop_id: str) -> None:
    """Note that a shop has branches, so that they are read."""
    tx.execute(update(shops).where(shops.c.id == shop_id), {"has_branches": True})


def change_branch(tx: WriteTx, branch_id: str, changes: Mapping[str, Any]) -> None:
    tx.execute(update(branches).where(_c.id == branch_id), changes)


def people_of(tx: ReadTx, shop_id: str, branch_id: str, now: datetime) -> list[str]:
    """The names of those who belong to a branch, or are invited into it."""
    there = (
        select(people.c.name)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(
            memberships.c.shop_id == shop_id,
            memberships.c.branch_id == branch_id,
            memberships.c.ended_at.is_(None),
        )
        .order_by(people.c.name)
    )
    invited = (
        select(invitations.c.name)
        .where(
            invitations.c.shop_id == shop_id,
            invitations.c.branch_id == branch_id,
            invitations.c.spent_at.is_(None),
            invitations.c.revoked_at.is_(None),
            invitations.c.expires_at > now,
        )
        .order_by(invitations.c.name)
    )
    return [*tx.scalars(there), *tx.scalars(invited)]
