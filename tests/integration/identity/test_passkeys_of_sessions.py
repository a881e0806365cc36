"""The migration that tells each session its passkey."""

import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from daftari.db import migrate
from daftari.db.engine import begin_write, engine_on
from daftari.db.migrate import Family

SESSIONS = ("signed_up", 1), ("signed_in", 2), ("by_code", 3), ("doubtful", 4)
RECORDS = (
    (1, "add_passkey", "first"),
    (2, "sign_in", "second"),
    (3, "rename_passkey", "first"),
    (4, "sign_in", "first"),
    (4, "sign_in", "second"),
)


def _upgrade(tx: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.folder(Family.CONTROL)))
    config.attributes["connection"] = tx
    command.upgrade(config, revision)


def _insert(tx: Connection, table: str, **values: object) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    tx.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)


def test_a_session_gets_the_passkey_that_started_it():
    with begin_write(engine_on(sqlcipher.connect(":memory:", isolation_level=None))) as tx:
        _upgrade(tx, "0003")
        _insert(tx, "people", id="p", name="", phone="", language="ar", created_at="")
        for name, at in SESSIONS:
            times = dict.fromkeys(("created_at", "last_seen_at", "expires_at"), str(at))
            _insert(tx, "sessions", id=name, person_id="p", token_hash=name, device="", **times)
        for number, (at, verb, passkey) in enumerate(RECORDS):
            record = {"id": str(number), "at": str(at), "verb": verb, "subject_id": passkey}
            _insert(tx, "account_activity", person_id="p", **record)
        _upgrade(tx, "0004")
        told = tx.execute(text("SELECT id, passkey_id FROM sessions"))
        assert {row[0]: row[1] for row in told} == {
            "signed_up": "first",
            "signed_in": "second",
            "by_code": None,
            "doubtful": None,
        }
