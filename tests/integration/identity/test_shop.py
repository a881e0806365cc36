"""The shop's settings, and who may reach them."""

from daftari.identity.rules import Role
from daftari.identity.tables import memberships
from daftari.kernel.ids import new_id
from tests.integration.identity.phone import errors_in
from tests.integration.ledger.shop_client import seen_on

AS_IT_IS = {
    "name": "بقالة النور",
    "digits": "latn",
    "notation": "point",
    "calendar": "gregorian",
    "zone": "Asia/Riyadh",
    "weekend": ["4", "5"],
    "due_days": "",
}
WRONG = (
    ("name", "", "name_missing"),
    ("name", "ب" * 81, "name_too_long"),
    ("digits", "roman", "choice_unknown"),
    ("notation", "", "choice_unknown"),
    ("calendar", "julian", "choice_unknown"),
    ("zone", "Mars/Olympus", "choice_unknown"),
    ("weekend", ["7"], "choice_unknown"),
    ("weekend", list("0123456"), "choice_unknown"),
    ("due_days", "-1", "days_not_right"),
    ("due_days", "366", "days_not_right"),
    ("due_days", "١½", "days_not_right"),
)


async def test_the_settings_can_be_changed_at_any_time(umm_salim):
    path = await umm_salim.shop() + "more/shop"
    changed = {**AS_IT_IS, "name": "بقالة النور الجديدة", "digits": "arab", "due_days": "٣٠"}
    seen = seen_on(await umm_salim.browser.get(path))
    assert (await umm_salim.post(path, seen=seen, **changed)).status_code == 303
    page = (await umm_salim.browser.get(path)).text
    assert "بقالة النور الجديدة" in page
    assert 'value="arab" checked' in page
    assert 'value="٣٠"' in page


async def test_a_wrong_setting_comes_back_with_its_reason(umm_salim):
    path = await umm_salim.shop() + "more/shop"
    for field, typed, reason in WRONG:
        answer = await umm_salim.post(path, **{**AS_IT_IS, field: typed})
        assert answer.status_code == 422, (field, typed)
        assert errors_in(answer) == [reason]
        if field in ("name", "due_days"):
            assert f'value="{typed}"' in answer.text


async def test_the_menu_leads_to_everything(umm_salim):
    page = (await umm_salim.browser.get(await umm_salim.shop() + "more")).text
    for place in ("/account", "/recovery-codes", "/more/shop", "/signout"):
        assert f'{place}"' in page


async def test_a_strangers_shop_and_no_shop_look_the_same(umm_salim, huda):
    hers = (await umm_salim.shop()).split("/")[2]
    assert (await umm_salim.browser.get(f"/s/{hers}/more")).status_code == 200
    assert (await huda.browser.get(await huda.shop() + "more")).status_code == 200
    for path in ("more", "more/shop"):
        strange = await huda.browser.get(f"/s/{hers}/{path}")
        nothing = await huda.browser.get(f"/s/{new_id()}/{path}")
        assert strange.status_code == nothing.status_code == 404
        assert strange.text == nothing.text


async def test_whoever_is_not_signed_in_is_sent_to_the_door_of_any_shop(umm_salim, client):
    for shop in (await umm_salim.shop(), f"/s/{new_id()}/"):
        answer = await client.get(f"{shop}more")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/signin?next=")


async def test_only_the_owner_changes_the_settings(app, umm_salim):
    shop = await umm_salim.shop()
    for role in Role:
        await app.state.control.write(_become, role)
        assert (await umm_salim.browser.get(f"{shop}more")).status_code == 200
        answer = await umm_salim.browser.get(f"{shop}more/shop")
        assert answer.status_code == (200 if role is Role.OWNER else 404)


async def test_whoever_left_the_shop_no_longer_finds_it(app, umm_salim, clock):
    shop = await umm_salim.shop()
    await app.state.control.write(_leave, clock.now())
    assert (await umm_salim.browser.get(f"{shop}more")).status_code == 404
    assert await umm_salim.shop() == f"/account/former/{shop.split('/')[2]}"


async def test_one_comes_back_to_the_shop_one_was_in_last(app, umm_salim, huda, clock):
    hers = await huda.shop()
    await app.state.control.write(_join_every_shop, clock.now())
    await umm_salim.browser.get(f"{hers}more")
    assert await umm_salim.shop() == hers


def _become(tx, role: Role) -> None:
    tx.execute(memberships.update().values(role=role))


def _leave(tx, now) -> None:
    tx.execute(memberships.update().values(ended_at=now))


def _join_every_shop(tx, now) -> None:
    """Everybody works in every shop."""
    rows = tx.execute(memberships.select()).all()
    for person in {row.person_id for row in rows}:
        for shop in {row.shop_id for row in rows if row.person_id != person}:
            row = {"person_id": person, "shop_id": shop, "role": "cashier", "created_at": now}
            tx.execute(memberships.insert(), row)
