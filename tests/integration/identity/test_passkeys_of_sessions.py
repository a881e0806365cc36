"""The migration that tells each session its passkey."""

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from daftari.db.engine import begin_write, engine_on
from tests.integration.identity.migrations import insert, upgrade

SESSIONS = ("signed_up", 1), ("signed_in", 2), ("by_code", 3), ("doubtful", 4)
RECORDS = (
    (1, "add_passkey", "first"),
    (2, "sign_in", "second"),
    (3, "rename_passkey", "first"),
    (4, "sign_in", "first"),
    (4, "sign_in", "second"),
)


def test_a_session_gets_the_passkey_that_started_it():
    with begin_write(engine_on(sqlcipher.connect(":memory:", isolation_level=None))) as tx:
        upgrade(tx, "0003")
        insert(tx, "people", id="p", name="", phone="", language="ar", created_at="")
        for name, at in SESSIONS:
            times = dict.fromkeys(("created_at", "last_seen_at", "expires_at"), str(at))
            insert(tx, "sessions", id=name, person_id="p", token_hash=name, device="", **times)
        for number, (at, verb, passkey) in enumerate(RECORDS):
            record = {"id": str(number), "at": str(at), "verb": verb, "subject_id": passkey}
            insert(tx, "account_activity", person_id="p", **record)
        upgrade(tx, "0004")
        told = tx.execute(text("SELECT id, passkey_id FROM sessions"))
        assert {row[0]: row[1] for row in told} == {
            "signed_up": "first",
            "signed_in": "second",
            "by_code": None,
            "doubtful": None,
        }
