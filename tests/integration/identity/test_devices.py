"""From which device something was done: the session in the records, and its name after its end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from daftari.activity.tables import account_activity, shop_activity
from daftari.identity.actions.sessions import begin_session, device_names
from daftari.identity.tables import devices, sessions
from daftari.ledger.tables import entries
from tests.integration.ledger.shop_client import SETTINGS, open_for


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


async def session_of(app, shop_client) -> str:
    mine = select(sessions.c.id).where(sessions.c.person_id == shop_client.person_id)
    return await app.state.control.read(lambda tx: tx.scalar(mine))


async def test_an_entry_and_an_action_name_the_session_they_came_by(app, umm_salim):
    session = await session_of(app, umm_salim)
    abu_ali = await umm_salim.add()
    await umm_salim.reverse(await umm_salim.wrote(abu_ali))
    await umm_salim.post(f"/customers/{abu_ali}/freeze")
    shop = umm_salim.home.split("/")[2]

    def named(tx):
        of_entries = tx.scalars(select(entries.c.session_id)).all()
        return of_entries, tx.scalars(select(shop_activity.c.session_id)).all()

    assert await app.state.shops.read(shop, named) == ([session] * 2, [session] * 2)


async def test_a_setting_in_the_control_file_names_its_session_and_its_shop(app, umm_salim):
    session = await session_of(app, umm_salim)
    await umm_salim.post("/more/shop", **{**SETTINGS, "name": "بقالة النور الكبيرة"})
    c = account_activity.c
    wanted = select(c.session_id, c.shop_id).where(c.verb == "change_shop")
    found = await app.state.control.read(lambda tx: tx.execute(wanted).all())
    assert found == [(session, umm_salim.home.split("/")[2])]


async def test_the_name_of_a_device_is_readable_after_its_session_is_deleted(app, clock, umm_salim):
    session, control = await session_of(app, umm_salim), app.state.control
    clock.at += timedelta(days=900)
    await control.write(begin_session, umm_salim.person_id, None, "حاسوب", clock.now())
    left = await control.read(
        lambda tx: tx.scalar(select(sessions.c.id).where(sessions.c.id == session))
    )
    assert left is None
    assert await control.read(device_names, {session, "x"}) == {session: "هاتف Android"}
    assert len(await control.read(lambda tx: tx.execute(select(devices)).all())) == 2


async def test_a_renamed_device_is_named_as_its_owner_calls_it(app, umm_salim):
    session = await session_of(app, umm_salim)
    await umm_salim.browser.post(f"/account/sessions/{session}/name", data={"name": "هاتف المحل"})
    assert await app.state.control.read(device_names, {session}) == {session: "هاتف المحل"}
