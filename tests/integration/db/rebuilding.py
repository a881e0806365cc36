"""A full shop, and a later release whose migration rebuilds the tables that others refer to."""

import shutil
from datetime import date
from pathlib import Path

from sqlalchemy import func, select, text

from daftari.db import migrate
from daftari.db.base import ReadTx, WriteTx, shop_tables
from daftari.db.migrate import Family
from daftari.delivery.actions.outbox import enqueue
from daftari.delivery.rules import Channel, Message
from daftari.kernel.ids import new_id
from daftari.ledger.actions import make_plan, make_promise
from daftari.ledger.actions.photo import add_photo
from daftari.ledger.forms import PlanForm
from daftari.ledger.rules.commands import AddPhoto, MakePromise, Photo
from tests.book import NOW, UMM_SALIM
from tests.integration.ledger.support import Installation

CHECKOUT = Path(__file__).parents[3]
REVISION = """
import sqlalchemy as sa
from alembic import op

from daftari.customers.tables import customers
from daftari.db.rebuild import rebuild_table
from daftari.ledger.tables import entries

revision = "{next:04}"
down_revision = "{head:04}"


def columns(table):
    return [sa.Column(c.name, c.type, nullable=c.nullable) for c in table.c]


def upgrade() -> None:
    rebuild_table(
        "customers",
        *columns(customers),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
        fill={{"rank": sa.func.coalesce(sa.column("due_days"), 7)}},
    )
    rebuild_table(
        "entries",
        *columns(entries),
        sa.CheckConstraint("amount_minor > 0", name="ck_entries_amount_positive"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_entries_customer_id"),
        sa.PrimaryKeyConstraint("sequence", name="pk_entries"),
        sa.UniqueConstraint("id", name="uq_entries_id"),
    )
    {ending}
"""


async def fill(installation: Installation) -> str:
    """A shop with something in every table that refers to a customer or an entry."""
    shop_id = await installation.new_shop()
    for _ in range(3):
        customer_id = await installation.few_lines(shop_id)
    await installation.databases.shops.write(shop_id, _add_the_rest, customer_id)
    return shop_id


def _add_the_rest(tx: WriteTx, customer_id: str) -> None:
    entry_id = tx.scalar(select(shop_tables.tables["entries"].c.id).limit(1)) or ""
    add_photo(tx, UMM_SALIM, NOW, AddPhoto(entry_id, Photo(b"photo", bytes(32))))
    typed = {"amount": "10", "count": "2", "first_on": "2026-12-01"}
    form = PlanForm(id=new_id(), **typed)
    plan = form.command(UMM_SALIM.shop, customer_id, NOW.date(), "{}/{}".format)
    make_plan(tx, UMM_SALIM, NOW, plan)
    promise = MakePromise(new_id(), customer_id, "SAR", date(2026, 12, 1), 500)
    make_promise(tx, UMM_SALIM, NOW, promise)
    message = Message(Channel.SMS, "reminder", "due:1", "+966500000002", "…", "", customer_id)
    enqueue(tx, NOW, message)


FULL = ("allocations", "messages", "open_items", "photos", "plan_entries", "promises")
"""Tables of a full shop that refer to customers or entries."""


def counts(tx: ReadTx) -> dict[str, int]:
    """The number of rows of every table."""
    tables = shop_tables.tables.values()
    return {table.name: tx.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def schema(tx: ReadTx) -> list[tuple[str, str, str]]:
    """Tables, indexes and triggers, each with its table."""
    query = text("SELECT type, name, tbl_name FROM sqlite_master ORDER BY type, name")
    return [(kind, name, table) for kind, name, table in tx.execute(query)]


def later_release(place: Path, ending: str = "pass") -> Path:
    """A folder of migrations with one more, which ends in `ending`."""
    shutil.copytree(CHECKOUT / "migrations", place)
    head = migrate.head(Family.SHOP)
    revision = REVISION.format(head=head, next=head + 1, ending=ending)
    (place / "shop/versions" / f"{head + 1:04}_rebuilt.py").write_text(revision)
    return place
