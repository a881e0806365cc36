"""The review of permissions: asked for in time, seen, noted; a phone and a person go from it."""

import re

import pytest

from daftari.delivery.jobs.access_reviews import tell_review
from daftari.identity.actions.shops import get_shop
from daftari.identity.rules import Role
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import (
    errors,
    hire,
    open_for,
    sign_in,
    text_of,
    value_of,
)

PAGE = "/more/people/review"
CARD = "حان وقت مراجعة الصلاحيات"


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


@pytest.fixture
async def karim(app, browser, umm_salim):
    return await hire(app, browser(), umm_salim.home, Role.CASHIER)


async def fresh(app, browser, who):
    """The same person months later, signed in anew on another phone."""
    return await sign_in(app, browser(), who.home, who.person_id)


async def review(who, **typed):
    page = await who.get(PAGE)
    shown = {"id": value_of(page, "id"), "state": value_of(page, "state")}
    return await who.post(PAGE, **{**shown, **typed})


async def worker_comes(app, who):
    """As the worker does; when it wants to come again."""
    shop = await app.state.control.read(get_shop, who.home.split("/")[2])
    return await tell_review(app.state, shop, app.state.clock.now())


async def alerts(who) -> list[str]:
    return re.findall(r'data-alert="(\w+)"', (await who.get("/more/alerts")).text)


async def test_the_page_says_who_may_do_what_and_on_which_phones(umm_salim, karim):
    page = await umm_salim.get(PAGE)
    told = text_of(page, f"person-{karim.person_id}")
    assert "كريم" in told
    assert "يسجّل الديون والسداد" in told
    assert "يُسمح له بـ4 أمور" in told
    assert "يلغي ما كتبه غيره" not in told
    assert "هاتف Android" in told
    own = text_of(page, f"person-{umm_salim.person_id}")
    assert "هذا الجهاز" in own
    assert f"/people/{umm_salim.person_id}/removal" not in page.text


async def test_a_shop_of_one_person_is_never_asked(app, clock, browser, umm_salim):
    assert await worker_comes(app, umm_salim) is None
    clock.move(days=400)
    umm_salim = await fresh(app, browser, umm_salim)
    assert await worker_comes(app, umm_salim) is None
    assert await alerts(umm_salim) == []
    page = await umm_salim.get("/more/people")
    assert "review" not in page.text
    answer = await umm_salim.post(PAGE, id=new_id(), state="x")
    assert (answer.status_code, errors(answer)) == (422, ["nobody_to_review"])


async def test_it_is_asked_for_90_days_after_the_second_person_once(
    app, clock, browser, umm_salim, karim
):
    due = await worker_comes(app, umm_salim)
    assert (due - clock.now()).days == 90
    clock.move(days=89)
    umm_salim = await fresh(app, browser, umm_salim)
    assert await worker_comes(app, umm_salim) == due
    assert CARD not in (await umm_salim.get("/more/people")).text
    clock.move(days=1)
    for _ in range(3):
        assert await worker_comes(app, umm_salim) is None
    assert await alerts(umm_salim) == ["access_review"]
    assert CARD in (await umm_salim.get("/more/people")).text
    page = await umm_salim.get("/more/alerts")
    address = re.search(r'action="([^"]*/open)"', page.text)[1]
    opened = await umm_salim.browser.post(address)
    assert opened.headers["location"] == umm_salim.home + PAGE


async def test_a_review_is_noted_once_and_the_next_is_due_90_days_later(
    app, clock, browser, umm_salim, karim
):
    clock.move(days=95)
    umm_salim = await fresh(app, browser, umm_salim)
    page = await umm_salim.get(PAGE)
    sent = {"id": value_of(page, "id"), "state": value_of(page, "state")}
    for _ in range(2):
        answer = await umm_salim.post(PAGE, **sent)
        assert answer.status_code == 303, errors(answer)
    assert "تمّت المراجعة" in (await umm_salim.browser.get(answer.headers["location"])).text
    assert CARD not in (await umm_salim.get("/more/people")).text
    told = text_of(await umm_salim.get("/more/activity?kind=people"), "activity")
    assert told.count("مراجعة الصلاحيات") == 1
    assert "أم سليم" in told
    due = await worker_comes(app, umm_salim)
    assert (due - clock.now()).days == 90


async def test_what_changed_since_the_page_was_drawn_is_not_reviewed(
    app, browser, umm_salim, karim
):
    page = await umm_salim.get(PAGE)
    sent = {"id": value_of(page, "id"), "state": value_of(page, "state")}
    await hire(app, browser(), umm_salim.home, Role.MANAGER)
    answer = await umm_salim.post(PAGE, **sent)
    assert (answer.status_code, errors(answer)) == (409, ["people_changed"])
    assert (await review(umm_salim)).status_code == 303


@pytest.mark.parametrize("typed", [{"id": ""}, {"id": "x"}])
async def test_an_id_that_is_none_is_refused(umm_salim, karim, typed):
    answer = await review(umm_salim, **typed)
    assert (answer.status_code, errors(answer)) == (422, ["id_not_an_id"])


async def test_a_phone_is_signed_out_at_once_and_it_stands_in_the_activity(
    app, browser, umm_salim, karim
):
    other = await sign_in(app, browser(), karim.home, karim.person_id)
    part = (await umm_salim.get(PAGE)).text.split(f'id="person-{karim.person_id}"')[1]
    removals = re.findall(r'action="([^"]*/phones/[^"]*/removal)"', part)
    assert len(removals) == 2
    for address in removals:
        answer = await umm_salim.browser.post(address)
        assert answer.headers["location"] == umm_salim.home + PAGE
    for phone in (karim, other):
        assert (await phone.get()).status_code == 303
    again = await umm_salim.browser.post(removals[0])
    assert again.status_code == 404
    assert "تسجيل خروج كريم" in text_of(await umm_salim.get("/more/activity"), "activity")


async def test_the_phone_in_the_hand_is_not_signed_out_from_here(app, umm_salim, karim):
    here = await app.state.control.read(
        lambda tx: tx.exec_driver_sql(
            "SELECT id FROM sessions WHERE person_id = ?", (umm_salim.person_id,)
        ).scalar()
    )
    path = f"/more/people/{umm_salim.person_id}/phones/{here}/removal"
    answer = await umm_salim.post(path)
    assert (answer.status_code, errors(answer)) == (422, ["phone_is_this"])
    crossed = await umm_salim.post(f"/more/people/{karim.person_id}/phones/{new_id()}/removal")
    assert crossed.status_code == 404


async def test_a_passkey_is_asked_for_before_a_phone_is_signed_out(clock, umm_salim, karim):
    clock.move(minutes=11)
    path = f"/more/people/{karim.person_id}/phones/{new_id()}/removal"
    answer = await umm_salim.post(path)
    assert answer.headers["location"].startswith("/verify")


async def test_who_manages_no_people_reviews_nothing(umm_salim, karim):
    assert (await karim.get(PAGE)).status_code == 404
    assert (await karim.post(PAGE, id=new_id(), state="x")).status_code == 404
