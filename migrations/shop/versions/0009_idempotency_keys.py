"""The ids of requests get a table of their own, which survives erasure.

Entries bring their digests along. Of a promise and a plan the content as typed is not known, nor of
a customer or a change whose details were erased: an id sent again is then known by its customer.
"""

import hashlib
import json
import os

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ENTRIES = """
INSERT INTO idempotency_keys (id, noun, customer_id, facts, texts, salt, at)
SELECT entries.id,
    CASE WHEN plan_entries.plan_id IS NOT NULL THEN 'instalment'
         WHEN reverses_id IS NOT NULL THEN 'reversal' ELSE 'entry' END,
    customer_id, request_digest, particulars_digest, particulars.salt, recorded_at
FROM entries
LEFT JOIN particulars ON particulars.entry_id = entries.id
LEFT JOIN plan_entries ON plan_entries.entry_id = entries.id
"""
_OF_UNKNOWN_CONTENT = """
INSERT INTO idempotency_keys (id, noun, customer_id, texts, at)
SELECT id, '{noun}', {customer}, randomblob(32), {at} FROM {table}
"""
_ADDED = """
SELECT subject_id, json_extract(details, '$.digest') FROM activity
WHERE verb = 'add_customer' AND json_extract(details, '$.digest') IS NOT NULL
"""
_SALTED = "UPDATE idempotency_keys SET texts = ?, salt = ? WHERE id = ?"


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("facts", sa.LargeBinary()),
        sa.Column("texts", sa.LargeBinary()),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_idempotency_keys"),
        sqlite_with_rowid=False,
    )
    op.execute(_ENTRIES)
    for noun, customer, at, table in (
        ("customer", "id", "created_at", "customers"),
        ("promise", "customer_id", "made_at", "promises"),
        ("plan", "customer_id", "made_at", "plans"),
        (
            "change",
            "customer_id",
            "(SELECT created_at FROM customers WHERE customers.id = sync_changes.customer_id)",
            "sync_changes",
        ),
    ):
        op.execute(_OF_UNKNOWN_CONTENT.format(noun=noun, customer=customer, at=at, table=table))
    _salt(_ADDED)
    _salt("SELECT id, lower(hex(digest)) FROM sync_changes WHERE digest IS NOT NULL")
    op.drop_table("sync_changes")
    op.drop_column("plans", "digest")


def _salt(known: str) -> None:
    """Store the digest of a content without a salt as a text, with one."""
    connection = op.get_bind()
    for key_id, digest in connection.exec_driver_sql(known).all():
        salt = os.urandom(16)
        content = json.dumps([digest], separators=(",", ":")).encode()
        salted = hashlib.sha256(salt + content).digest()
        connection.exec_driver_sql(_SALTED, (salted, salt, key_id))
