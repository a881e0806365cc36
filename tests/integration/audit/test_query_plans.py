"""How SQLite looks for the activity: no filter walks over all entries."""

import pytest
from sqlalchemy.dialects import sqlite

from daftari.audit.rules.filters import START, ActivityFilter, Cursor
from daftari.audit.rules.kinds import ActivityKind
from daftari.audit.store import _newest_entries
from daftari.kernel.ids import new_id
from tests.integration.conftest import NOW
from tests.integration.ledger.shop_client import open_for

LATER = Cursor(500, NOW, new_id())


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


@pytest.mark.parametrize("before", [START, LATER])
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({"kind": ActivityKind.CORRECTION}, "ix_entries_corrects_by_time"),
        ({"kind": ActivityKind.REVERSAL}, "ix_entries_reverses_by_time"),
        (
            {"kind": ActivityKind.CORRECTION, "person_id": "x", "since": NOW},
            "ix_entries_corrects_by_time",
        ),
        ({"kind": ActivityKind.DEBT}, "ix_entries_recorded_at_recorded_by_kind"),
        ({"person_id": "x"}, "ix_entries_recorded_at_recorded_by_kind"),
        ({"since": NOW, "until": NOW}, "ix_entries_recorded_at_recorded_by_kind"),
        ({"customer_id": "x"}, "ix_entries_customer_id_sequence"),
    ],
)
async def test_a_filter_of_entries_is_answered_by_an_index(app, umm_salim, wanted, index, before):
    statement = _newest_entries(ActivityFilter(**wanted), before, 51)
    sql = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    plan = await app.state.shops.read(
        umm_salim.home.split("/")[2],
        lambda tx: [row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")],
    )
    first = plan[0]
    assert index in first, plan
    assert not [step for step in plan if step == "USE TEMP B-TREE FOR ORDER BY"], plan
