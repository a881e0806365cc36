"""Odd things: who hears of them, from where on, once, and where the alert leads."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from daftari.identity.actions.sessions import arrive
from daftari.identity.rules import Role
from daftari.identity.rules.devices import Device
from daftari.identity.rules.signins import SignInKind
from daftari.kernel.ids import new_id
from tests.integration.delivery.test_alerts import _bring, alerts
from tests.integration.ledger.shop_client import HTMX, errors, hire, open_for, text_of, value_of
from tests.integration.offline.phone import Phone

THRESHOLDS = "/more/alerts/thresholds"
NIGHT = datetime(2026, 11, 23, 21, tzinfo=UTC)  # midnight in Riyadh


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


@pytest.fixture
async def karim(app, browser, umm_salim):
    return await hire(app, browser(), umm_salim.home, Role.MANAGER)


async def kinds(shop_client) -> list[str]:
    page = await shop_client.get("/more/alerts")
    return re.findall(r'data-alert="(\w+)"', page.text)


async def choose(umm_salim, **chosen) -> None:
    answer = await umm_salim.post(THRESHOLDS, **chosen)
    assert answer.status_code == 303, errors(answer)


async def reverse_some(who, account: str, count: int) -> None:
    for _ in range(count):
        answer = await who.reverse(await who.wrote(account, "debt", "5"))
        assert answer.status_code == 303, errors(answer)


async def follow(umm_salim) -> dict[str, str]:
    """The filter to which the newest alert leads; its page shows something."""
    page = await umm_salim.get("/more/alerts")
    address = re.search(r'action="([^"]*/open)"', page.text)[1]
    place = (await umm_salim.browser.post(address)).headers["location"]
    assert urlsplit(place).path == f"{umm_salim.home}/more/activity"
    shown = await umm_salim.browser.get(place)
    assert shown.status_code == 200
    assert "activity-row" in shown.text
    return {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}


async def test_many_reversals_in_an_hour_are_told_once(umm_salim, karim):
    account = await umm_salim.add()
    await reverse_some(karim, account, 4)
    assert await kinds(umm_salim) == []
    await reverse_some(karim, account, 3)
    (told,) = await alerts(umm_salim)
    assert "إلغاءات كثيرة" in told
    assert "كريم" in told
    assert "5 إلغاءات" in told
    assert await follow(umm_salim) == {
        "person": karim.person_id,
        "kind": "reversal",
        "from": "2026-11-23",
        "to": "2026-11-23",
    }


async def test_reversals_of_more_than_an_hour_are_not_many(clock, umm_salim):
    account = await umm_salim.add()
    for _ in range(8):
        await reverse_some(umm_salim, account, 1)
        clock.move(minutes=16)
    assert await kinds(umm_salim) == []


async def test_the_next_alert_counts_what_came_after_the_last(clock, umm_salim):
    account = await umm_salim.add()
    await reverse_some(umm_salim, account, 9)
    clock.move(minutes=61)
    await reverse_some(umm_salim, account, 4)
    assert len(await kinds(umm_salim)) == 1
    await reverse_some(umm_salim, account, 1)
    assert await kinds(umm_salim) == ["many_reversals"] * 2


async def test_two_people_are_not_counted_together(umm_salim, karim):
    account = await umm_salim.add()
    for who in (umm_salim, karim):
        await reverse_some(who, account, 4)
    assert await kinds(umm_salim) == []


async def test_corrections_and_a_reversal_that_is_sent_twice_do_not_count(umm_salim):
    account = await umm_salim.add()
    for _ in range(4):
        entry = await umm_salim.wrote(account, "debt", "5")
        form = {"id": new_id(), "reversal_id": new_id(), "amount": "6"}
        await umm_salim.post(f"/entries/{entry}/correction", **form)
    await reverse_some(umm_salim, account, 3)
    entry, twice = await umm_salim.wrote(account), new_id()
    for _ in range(3):
        await umm_salim.reverse(entry, id=twice)
    assert await kinds(umm_salim) == []


async def test_a_reversed_plan_is_one_reversal(umm_salim):
    account, plan = await umm_salim.add(), new_id()
    form = {"id": plan, "amount": "60", "count": "6", "day_choice": "2026-12-01"}
    shown = await umm_salim.post(f"/customers/{account}/plans/preview", **form)
    form["schedule"] = value_of(shown, "schedule")
    assert (await umm_salim.post(f"/customers/{account}/plans", **form)).status_code == 303
    answer = await umm_salim.post(f"/plans/{plan}/reversal", id=new_id())
    assert answer.status_code == 303, errors(answer)
    assert await kinds(umm_salim) == []


@pytest.mark.parametrize(
    ("at", "amount", "is_told"),
    [
        (NIGHT, "500", True),
        (NIGHT, "499.99", False),
        (NIGHT.replace(hour=19, minute=59), "5000", False),
        (NIGHT.replace(hour=20), "5000", True),
        (NIGHT.replace(hour=2), "5000", False),
    ],
)
async def test_a_large_entry_at_night_is_told(clock, umm_salim, karim, at, amount, is_told):
    account = await umm_salim.add("أبو علي")
    clock.at = at
    await karim.wrote(account, "payment", amount)
    told = await alerts(umm_salim)
    assert [("قيد كبير في الليل" in one, "كريم" in one) for one in told] == [(True, True)] * is_told


async def test_the_alert_of_the_night_leads_to_that_account_and_business_day(clock, umm_salim):
    account = await umm_salim.add()
    settings = {"name": "بقالة النور", "digits": "latn", "notation": "point", "zone": "Asia/Riyadh"}
    more = {"calendar": "gregorian", "weekend": ["4", "5"], "due_days": "", "day_ends": "3"}
    assert (await umm_salim.post("/more/shop", **settings, **more)).status_code == 303
    clock.at = NIGHT  # still the business day of the 23rd, and no night yet
    await umm_salim.wrote(account, "debt", "900")
    assert await kinds(umm_salim) == []
    clock.move(hours=3.5)
    await umm_salim.wrote(account, "debt", "900")
    day = {"from": "2026-11-24", "to": "2026-11-24"}
    assert await follow(umm_salim) == {"person": umm_salim.person_id, "customer": account, **day}


async def test_a_large_reversal_at_night_is_one_alert(clock, umm_salim):
    account = await umm_salim.add()
    entry = await umm_salim.wrote(account, "debt", "900")
    clock.at = NIGHT
    await umm_salim.reverse(entry)
    assert await kinds(umm_salim) == ["large_reversal"]
    await choose(umm_salim, large_reversal="0")
    clock.move(minutes=1)
    entry = await umm_salim.wrote(account, "debt", "20")
    form = {"id": new_id(), "reversal_id": new_id(), "amount": "920"}
    assert (await umm_salim.post(f"/entries/{entry}/correction", **form)).status_code == 303
    assert await kinds(umm_salim) == ["large_at_night", "large_reversal"]


async def test_a_plan_at_night_is_one_alert_of_its_whole(clock, umm_salim):
    account = await umm_salim.add()
    clock.at = NIGHT
    form = {"id": new_id(), "amount": "600", "count": "2", "day_choice": "2026-12-01"}
    shown = await umm_salim.post(f"/customers/{account}/plans/preview", **form)
    form["schedule"] = value_of(shown, "schedule")
    assert (await umm_salim.post(f"/customers/{account}/plans", **form)).status_code == 303
    (told,) = await alerts(umm_salim)
    assert "600.00" in re.sub("[\u2066\u2069]", "", told)


async def test_an_export_is_told_once_an_hour(clock, umm_salim):
    for _ in range(3):
        assert (await umm_salim.get("/more/activity.csv")).status_code == 200
    (told,) = await alerts(umm_salim)
    assert "أم سليم" in told
    assert (await follow(umm_salim))["kind"] == "export"
    clock.move(minutes=61)
    await umm_salim.get("/more/activity.csv?kind=debt")
    assert await kinds(umm_salim) == ["export", "export"]


async def test_who_opens_many_accounts_is_told_of_once(umm_salim, karim):
    await choose(umm_salim, many_accounts="٥")
    accounts = [await umm_salim.add(f"زبون {number}") for number in range(7)]
    for account in accounts[:4] * 3:
        await karim.account(account)
    assert await kinds(umm_salim) == []
    for account in accounts:
        await karim.account(account)
    (told,) = await alerts(umm_salim)
    assert "كريم" in told
    assert "5 حسابات" in told
    asked = await follow(umm_salim)
    assert (asked["person"], asked["kind"]) == (karim.person_id, "export")


async def test_who_searches_for_many_is_told_of_but_not_for_each_letter(umm_salim, karim):
    await choose(umm_salim, many_accounts="3")
    for typed in ("أ", "أب", "أبو", "أبو ع", "سعد", ""):
        await karim.get("/", params={"q": typed}, headers=HTMX)
    assert await kinds(umm_salim) == []
    await karim.get("/", params={"q": "منى"}, headers=HTMX)
    (told,) = await alerts(umm_salim)
    assert "3 عمليات بحث" in told


async def test_opening_accounts_over_hours_is_work(clock, umm_salim):
    await choose(umm_salim, many_accounts="3")
    for number in range(9):
        await umm_salim.account(await umm_salim.add(f"زبون {number}"))
        clock.move(minutes=31)
    assert await kinds(umm_salim) == []


async def test_counting_costs_no_statement(app, umm_salim, karim):
    """What is counted is kept nowhere but in memory, until the threshold is reached."""
    account = await umm_salim.add()
    await karim.account(account)
    shops, done = app.state.shops, []
    write = shops.write
    try:
        shops.write = lambda *args, **more: done.append(args) or write(*args, **more)
        for number in range(10):
            await karim.account(account)
            await karim.get("/", params={"q": f"{number}"})
    finally:
        del shops.write
    assert done == []


async def test_a_new_phone_is_told_to_its_person_and_once_to_those_who_manage(
    app, browser, umm_salim, karim
):
    at = app.state.clock.move(minutes=1)
    strange = Device("آيفون", (), app.state.derived("phones"))
    passkey = SignInKind.PASSKEY
    await app.state.control.write(arrive, karim.person_id, strange, at, passkey)
    for _ in range(2):
        await _bring(app, umm_salim)
    assert await kinds(karim) == ["new_phone"]
    (told,) = await alerts(umm_salim)
    assert "هاتف جديد لأحد العاملين" in told
    assert "كريم" in told
    assert "آيفون" in told
    await app.state.control.write(arrive, umm_salim.person_id, strange, at, passkey)
    await _bring(app, umm_salim)
    assert sorted(await kinds(umm_salim)) == ["member_phone", "new_phone"]
    assert await kinds(karim) == ["new_phone"]


async def test_a_new_phone_that_the_shop_does_not_ask_about_is_still_told_to_its_person(
    app, umm_salim, karim
):
    await choose(umm_salim, on_new_phone="0")
    at = app.state.clock.move(minutes=1)
    strange = Device("آيفون", (), app.state.derived("phones"))
    await app.state.control.write(arrive, karim.person_id, strange, at, SignInKind.PASSKEY)
    await _bring(app, umm_salim)
    assert (await kinds(karim), await kinds(umm_salim)) == (["new_phone"], [])


async def test_each_alert_can_be_off(clock, umm_salim):
    off = {"many_reversals": "0", "large_at_night": "0", "large_reversal": "0.00"}
    await choose(umm_salim, **off, many_accounts="٠", on_export="0")
    account = await umm_salim.add()
    clock.at = NIGHT
    await reverse_some(umm_salim, account, 7)
    await umm_salim.reverse(await umm_salim.wrote(account, "debt", "9000"))
    await umm_salim.get("/more/activity.csv")
    for number in range(50):
        await umm_salim.get("/", params={"q": f"{number}x"})
    assert await kinds(umm_salim) == []


async def test_odd_things_are_told_to_who_manages_people_and_nobody_else(
    app, browser, umm_salim, karim
):
    partner = await hire(app, browser(), umm_salim.home, Role.OWNER)
    cashier = await hire(app, browser(), umm_salim.home, Role.CASHIER)
    await reverse_some(karim, await umm_salim.add(), 6)
    told = [await kinds(who) for who in (umm_salim, partner, karim, cashier)]
    assert told == [["many_reversals"], ["many_reversals"], [], []]
    page = await umm_salim.get("/more/alerts")
    address = re.search(r'action="([^"]*/open)"', page.text)[1]
    assert (await karim.browser.post(address)).status_code == 404
    changed = {"person": karim.person_id, "adjusts": "yes"}
    allowed = ["see_totals", "reverse_entry", "reverse_own_entry", "manage_people"]
    answer = await umm_salim.post("/more/people", **changed, allow=allowed)
    assert answer.status_code == 303, errors(answer)
    assert await kinds(karim) == ["many_reversals"]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"many_reversals": "many"}, "number_not_right"),
        ({"many_reversals": "-3"}, "number_not_right"),
        ({"many_accounts": "501"}, "number_not_right"),
        ({"many_accounts": "3.5"}, "number_not_right"),
        ({"many_accounts": "9" * 500}, "number_not_right"),
        ({"large_at_night": "lots"}, "amount_not_a_number"),
        ({"large_reversal": "-1"}, "amount_negative"),
        ({"night_from": "24"}, "choice_unknown"),
        ({"night_until": ""}, "choice_unknown"),
        ({"on_export": "yes"}, "choice_unknown"),
        ({"on_new_phone": "2"}, "choice_unknown"),
    ],
)
async def test_a_wrong_threshold_comes_back_as_it_was_typed(umm_salim, typed, error):
    answer = await umm_salim.post(THRESHOLDS, **typed)
    assert (answer.status_code, errors(answer)) == (422, [error])
    ((name, value),) = typed.items()
    if error != "choice_unknown":
        assert unescape(value_of(answer, name)) == value


async def test_the_page_shows_what_was_chosen_and_the_activity_tells_of_it(umm_salim):
    page = await umm_salim.get(THRESHOLDS)
    assert value_of(page, "many_reversals") == value_of(page, "large_at_night") == ""
    assert '<option value="23" selected>' in page.text
    await choose(umm_salim, many_reversals="٨", large_at_night="1,500", night_from="22")
    page = await umm_salim.get(THRESHOLDS)
    assert (value_of(page, "many_reversals"), value_of(page, "large_at_night")) == ("8", "1,500.00")
    assert '<option value="22" selected>' in page.text
    told = text_of(await umm_salim.get("/more/activity"), "activity")
    assert "القيد في الليل كبير من" in told


async def test_a_manager_without_that_permission_sets_no_thresholds(umm_salim, karim):
    assert (await karim.get(THRESHOLDS)).status_code == 404
    assert (await karim.post(THRESHOLDS, many_reversals="0", seen="{}")).status_code == 404


@pytest.mark.parametrize(("written", "is_told"), [(NIGHT, True), (NIGHT.replace(hour=12), False)])
async def test_what_a_phone_brings_later_is_judged_by_when_it_was_written(
    clock, umm_salim, written, is_told
):
    account = await umm_salim.add()
    phone = Phone(umm_salim, clock=written)
    debt = phone.debt(account, 90000)
    phone.clock = clock.at = NIGHT.replace(day=24, hour=9 if is_told else 21)
    told = await phone.sync(debt)
    assert told["answers"][0]["answer"] == "written"
    assert await kinds(umm_salim) == ["large_at_night"] * is_told
