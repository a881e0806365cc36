"""Migrations of the control file, one by one, on rows of before."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from daftari.db import migrate
from daftari.db.migrate import Family


def upgrade(tx: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.folder(Family.CONTROL)))
    config.attributes["connection"] = tx
    command.upgrade(config, revision)


def insert(tx: Connection, table: str, **values: object) -> None:
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    tx.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)
