"""The migrations that give the names and notes of a shop their keys."""

import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from daftari.db import migrate
from daftari.db.engine import begin_write, engine_on
from daftari.db.migrate import Family


def _upgrade(tx: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.folder(Family.SHOP)))
    config.attributes["connection"] = tx
    command.upgrade(config, revision)


def _number(name: str) -> str:
    (path,) = migrate.folder(Family.SHOP).glob(f"versions/*_{name}.py")
    return path.name[:4]


def _before(name: str) -> str:
    return f"{int(_number(name)) - 1:04}"


def _insert(tx: Connection, number: int, name: str, key: str) -> None:
    row = {"id": str(number), "name": name, "key": key, "version": number}
    columns = "id, name, nickname, note, role, source, name_key, search_key, created_at, created_by"
    tx.execute(
        text(
            f"INSERT INTO customers ({columns}, balance_minor, version) VALUES"
            " (:id, :name, '', '', 'customer', 'typed', :key, :key, '', '', 0, :version)"
        ),
        row,
    )


def test_names_get_their_keys_anew_and_reach_the_phones():
    with begin_write(engine_on(sqlcipher.connect(":memory:", isolation_level=None))) as tx:
        _upgrade(tx, _before("names_folded_again"))
        _insert(tx, 1, "سعيد", "سعيد")
        _insert(tx, 2, "أبو علي", "ابو علي")
        _insert(tx, 3, "", "")
        _upgrade(tx, _number("names_folded_again"))
        rows = tx.execute(text("SELECT name_key, search_key, version FROM customers ORDER BY id"))
        assert [tuple(row) for row in rows] == [
            ("سعيد", "سعيد\tsd", 4),
            ("ابوعلي", "ابوعلي\tابو علي\taba ala", 4),
            ("", "", 3),
        ]


def test_names_are_heard_and_reach_the_phones():
    with begin_write(engine_on(sqlcipher.connect(":memory:", isolation_level=None))) as tx:
        _upgrade(tx, _before("names_as_they_sound"))
        _insert(tx, 1, "سعيد", "سعيد")
        _insert(tx, 2, "خالد", "خالد\txld")
        _insert(tx, 3, "", "")
        _upgrade(tx, _number("names_as_they_sound"))
        rows = tx.execute(text("SELECT name_key, search_key, version FROM customers ORDER BY id"))
        assert [tuple(row) for row in rows] == [
            ("سعيد", "سعيد\tsd", 4),
            ("خالد\txld", "خالد\txld", 2),
            ("", "", 3),
        ]


def test_notes_that_are_there_get_their_keys():
    with begin_write(engine_on(sqlcipher.connect(":memory:", isolation_level=None))) as tx:
        _upgrade(tx, _before("words_in_notes"))
        _insert(tx, 1, "سعيد", "سعيد")
        tx.execute(text("UPDATE customers SET note = 'جارُ المخبز'"))
        tx.execute(text("INSERT INTO particulars VALUES ('e', x'00', 'سُكّر', '', 'أم سالم')"))
        _upgrade(tx, _number("words_in_notes"))
        assert tx.scalar(text("SELECT note_key FROM customers")) == "جار المخبز"
        assert tx.scalar(text("SELECT search_key FROM particulars")) == "سكر\tام سالم"
