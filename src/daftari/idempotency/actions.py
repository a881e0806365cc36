"""Claiming the key of a request, in the transaction of what it writes."""

import os
from datetime import datetime

from daftari.db.base import ReadTx, WriteTx
from daftari.idempotency import store
from daftari.idempotency.rules import CONFLICTS, RequestKey, is_same, texts_digest
from daftari.kernel.refusal import Conflict

SALT_BYTES = 16


def claim_key(tx: WriteTx, at: datetime, key: RequestKey) -> bool:
    """Store the key of a request that is about to be written. It comes before any other check.

    Returns False when the same request was written before: there is nothing left to do. Raises
    `Conflict` when the id stands for something else. A refusal afterwards takes the key back with
    the transaction.
    """
    if store.insert_key(tx, _row(key, at)):
        return True
    stored = store.find_key(tx, key.id)
    if stored is None or not is_same(stored, key):
        raise Conflict(form=CONFLICTS[key.noun])
    return False


def is_known(tx: ReadTx, key_id: str) -> bool:
    """Whether the id of a request is in the book, with whatever content."""
    return store.find_key(tx, key_id) is not None


def _row(key: RequestKey, at: datetime) -> dict[str, object]:
    salt = os.urandom(SALT_BYTES) if any(key.texts) else None
    return {
        "id": key.id,
        "noun": key.noun,
        "customer_id": key.customer_id,
        "facts": key.facts,
        "texts": None if salt is None else texts_digest(salt, key.texts),
        "salt": salt,
        "at": at,
    }
