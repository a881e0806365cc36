"""Ids of a book from before there were keys are known afterwards, each with what is known of it."""

import hashlib
from collections.abc import Iterator

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config

from daftari.db import migrate
from daftari.db.engine import begin_write, engine_on
from daftari.db.migrate import Family
from daftari.idempotency.actions import claim_key
from daftari.idempotency.rules import Noun, RequestKey, digest_of, texts_digest
from daftari.kernel.refusal import Conflict
from tests.book import NOW

FACTS, SALT, AT = digest_of("SAR", 1250), bytes(16), "2026-11-23T09:00:00.000Z"
DETAILS = hashlib.sha256(b"abu ali").hexdigest()
ROWS = [
    "INSERT INTO customers (id, name, nickname, role, note, source, name_key, search_key,"
    " created_at, created_by, balance_minor, version) VALUES"
    f" ('abu-ali', 'a', '', 'customer', '', 'typed', 'a', 'a', '{AT}', 'p', 0, 1),"
    f" ('erased', '', '', 'customer', '', 'typed', '', '', '{AT}', 'p', 0, 2)",
    f"INSERT INTO activity VALUES ('1', '{AT}', 'p', 'add_customer', 'abu-ali',"
    f" '{{\"digest\":\"{DETAILS}\"}}'), ('2', '{AT}', 'p', 'add_customer', 'erased', NULL)",
    "INSERT INTO entries VALUES (1, 'noted', 'abu-ali', 'debt', 1250, 1250, 1250, 'SAR',"
    f" '2026-11-23', NULL, NULL, NULL, '{AT}', 'p', ?, ?, x'00'),"
    " (2, 'part', 'abu-ali', 'debt', 1250, 1250, 2500, 'SAR',"
    f" '2026-11-23', NULL, NULL, NULL, '{AT}', 'p', ?, NULL, x'00')",
    "INSERT INTO particulars VALUES ('noted', ?, 'bread', '', '')",
    "INSERT INTO plans VALUES ('plan', 'abu-ali', 'SAR', 1250, 0, '2026-12-01', 'month', '',"
    f" x'00', '{AT}', 'p')",
    "INSERT INTO plan_entries VALUES ('plan', 1, 'part')",
    "INSERT INTO sync_changes VALUES ('change', 'abu-ali', x'00ff')",
]
VALUES: dict[int, tuple[bytes, ...]] = {
    2: (FACTS, texts_digest(SALT, ("bread", "", "")), FACTS),
    3: (SALT,),
}


@pytest.fixture
def engine() -> Iterator[object]:
    driver = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = engine_on(driver)
    with begin_write(engine) as tx:
        config = Config()
        config.set_main_option("script_location", str(migrate.folder(Family.SHOP)))
        config.attributes["connection"] = tx
        command.upgrade(config, "0006")
        for number, statement in enumerate(ROWS):
            driver.execute(statement, VALUES.get(number, ()))
        migrate.upgrade(tx, Family.SHOP)
    yield engine
    driver.close()


def claim(engine, key_id: str, noun: Noun, *, who="abu-ali", facts=FACTS, texts=()) -> str:
    try:
        with begin_write(engine) as tx:
            is_new = claim_key(tx, NOW, RequestKey(key_id, noun, who, facts, texts))
        return "new" if is_new else "known"
    except Conflict:
        return "conflict"


@pytest.mark.parametrize(
    ("key_id", "noun", "more", "answer"),
    [
        ("noted", Noun.ENTRY, {"texts": ("bread", "", "")}, "known"),
        ("noted", Noun.ENTRY, {"texts": ("milk", "", "")}, "conflict"),
        ("noted", Noun.ENTRY, {"texts": ("bread", "", ""), "facts": b"other"}, "conflict"),
        ("noted", Noun.PROMISE, {"texts": ("bread", "", "")}, "conflict"),
        ("part", Noun.ENTRY, {}, "conflict"),
        ("plan", Noun.PLAN, {"texts": ("x",)}, "known"),
        ("plan", Noun.PLAN, {"who": "erased"}, "conflict"),
        ("abu-ali", Noun.CUSTOMER, {"texts": (DETAILS,)}, "known"),
        ("abu-ali", Noun.CUSTOMER, {"texts": ("other",)}, "conflict"),
        ("erased", Noun.CUSTOMER, {"who": "erased", "texts": ("other",)}, "known"),
        ("change", Noun.CUSTOMER, {}, "conflict"),
        ("never seen", Noun.ENTRY, {}, "new"),
    ],
)
def test_an_old_id_is_known_by_what_is_known_of_it(engine, key_id, noun, more, answer):
    assert claim(engine, key_id, noun, **more) == answer
