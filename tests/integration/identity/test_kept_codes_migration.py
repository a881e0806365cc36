"""The migration that lets the codes of before count as kept."""

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from daftari.db.engine import begin_write, engine_on
from tests.integration.identity.migrations import insert, upgrade


def test_whoever_had_an_unspent_code_is_not_reminded():
    with begin_write(engine_on(sqlcipher.connect(":memory:", isolation_level=None))) as tx:
        upgrade(tx, "0004")
        for name, codes in (("keeps", ("1", None)), ("spent", ("2", "later")), ("none", None)):
            person = {"name": "", "phone": "", "language": "ar", "created_at": "then"}
            insert(tx, "people", id=name, **person)
            if codes:
                code, spent_at = codes
                row = {"code_hash": code, "created_at": "then", "spent_at": spent_at}
                insert(tx, "recovery_codes", person_id=name, **row)
        upgrade(tx, "0005")
        told = tx.execute(text("SELECT id, codes_kept_at FROM people"))
        assert dict(map(tuple, told)) == {"keeps": "then", "spent": None, "none": None}
