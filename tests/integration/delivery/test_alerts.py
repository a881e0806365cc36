"""What the shop hears of at once: a limit passed, a large reversal, a sign-in on a new phone."""

import re
from dataclasses import replace

import pytest

from daftari.customers.actions import add_customer
from daftari.customers.rules import Details
from daftari.customers.rules.commands import AddCustomer
from daftari.delivery.actions.alerts import bring_alerts, find_new_phones
from daftari.delivery.actions.push_devices import change_phone
from daftari.delivery.rules.alerts import answerers
from daftari.delivery.rules.commands import ChangePhone
from daftari.identity.actions.people import signed_in_at
from daftari.identity.actions.sessions import arrive
from daftari.identity.actions.shops import get_shop
from daftari.identity.rules import Role
from daftari.identity.rules.devices import Device
from daftari.identity.rules.signins import SignInKind
from daftari.kernel.ids import new_id
from daftari.ledger.actions import record_entry, reverse_entry
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.kinds import Kind
from tests.integration.delivery.conftest import open_shop_of
from tests.integration.ledger.shop_client import hire, open_for, text_of

PASSKEY = SignInKind.PASSKEY


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


async def alerts(shop_client) -> list[str]:
    """The inbox as it reads, the newest first; «جديد» stands where nobody read it."""
    page = await shop_client.get("/more/alerts")
    assert page.status_code == 200, page.text
    items = re.findall(r'(?s)<li class="menu-item alert.*?</li>', page.text)
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


async def unread(shop_client) -> int:
    """The number on the bell of the book; no number is none."""
    page = await shop_client.get()
    assert page.text.count('class="icon-button bell"') == 1
    number = re.search(r'class="icon-button bell".*?(?:<b class="count">(\d+)</b>)?</a>', page.text)
    return int(number[1] or 0)


async def read_all(shop_client) -> None:
    page = await shop_client.get("/more/alerts")
    await shop_client.post("/more/alerts/read", shown=shown_on(page))


def shown_on(page) -> str:
    return re.search(r'name="shown" value="([^"]*)"', page.text)[1]


async def test_a_limit_that_is_passed_is_told_once(umm_salim):
    abu_ali = await umm_salim.add("أبو علي", credit_limit="100")
    await umm_salim.wrote(abu_ali, "debt", "90")
    assert await alerts(umm_salim) == []
    await umm_salim.wrote(abu_ali, "debt", "20")
    await umm_salim.wrote(abu_ali, "debt", "5")
    (told,) = await alerts(umm_salim)
    assert "تجاوز السقف" in told
    assert "أبو علي" in told
    assert "110.00" in told.replace("\u2066", "").replace("\u2069", "")
    assert "جديد" in told


async def test_paid_and_passed_again_is_told_again(umm_salim):
    abu_ali = await umm_salim.add("أبو علي", credit_limit="100")
    for _ in range(2):
        await umm_salim.wrote(abu_ali, "debt", "120")
        await umm_salim.wrote(abu_ali, "payment", "120")
    assert len(await alerts(umm_salim)) == 2


@pytest.mark.parametrize(("amount", "is_told"), [("499.99", False), ("500", True)])
async def test_a_reversal_is_told_from_the_usual_amount_on(umm_salim, amount, is_told):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", amount)
    await umm_salim.reverse(entry)
    told = await alerts(umm_salim)
    assert [("إلغاء" in one, "أم سليم" in one) for one in told] == [(True, True)] * is_told


async def test_the_shop_chooses_what_is_large(umm_salim):
    changed = await umm_salim.post("/more/alerts/thresholds", large_reversal="٢٠")
    assert changed.status_code == 303
    abu_ali = await umm_salim.add()
    for amount in ("19.99", "20"):
        await umm_salim.reverse(await umm_salim.wrote(abu_ali, "debt", amount))
    assert len(await alerts(umm_salim)) == 1


async def test_whoever_opens_an_alert_has_read_it_and_stands_where_it_helps(app, umm_salim):
    abu_ali = await umm_salim.add(credit_limit="10")
    await umm_salim.wrote(abu_ali, "debt", "20")
    await umm_salim.reverse(await umm_salim.wrote(abu_ali, "debt", "900"))
    page = await umm_salim.get("/more/alerts")
    assert "تنبيهان لم يُقرآ" in text_of(page)
    address = re.search(r'action="([^"]*/open)"', page.text)[1]
    opened = await umm_salim.browser.post(address)
    about = f"person={umm_salim.person_id}&customer={abu_ali}&from=2026-11-23&to=2026-11-23"
    assert opened.headers["location"] == f"{umm_salim.home}/more/activity?{about}"
    assert "إلغاء: دَين على أبو علي" in text_of(
        await umm_salim.browser.get(opened.headers["location"])
    )
    assert [("جديد" in one) for one in await alerts(umm_salim)] == [False, True]
    assert await unread(umm_salim) == 1
    await read_all(umm_salim)
    assert [("جديد" in one) for one in await alerts(umm_salim)] == [False, False]
    assert await unread(umm_salim) == 0


async def test_what_one_has_read_the_other_has_not(app, browser, umm_salim):
    partner = await hire(app, browser(), umm_salim.home, Role.OWNER)
    abu_ali = await umm_salim.add(credit_limit="10")
    await umm_salim.wrote(abu_ali, "debt", "20")
    await read_all(umm_salim)
    assert await unread(umm_salim) == 0
    assert await unread(partner) == 1


async def test_what_came_after_the_page_is_not_read_by_it(umm_salim):
    abu_ali = await umm_salim.add(credit_limit="10")
    await umm_salim.wrote(abu_ali, "debt", "20")
    shown = shown_on(await umm_salim.get("/more/alerts"))
    await umm_salim.reverse(await umm_salim.wrote(abu_ali, "debt", "900"))
    await umm_salim.post("/more/alerts/read", shown=shown)
    assert [("جديد" in one) for one in await alerts(umm_salim)] == [True, False]
    assert await unread(umm_salim) == 1


async def test_a_cashier_sees_nothing_of_the_shops_business(app, browser, umm_salim):
    karim = await hire(app, browser(), umm_salim.home, Role.CASHIER)
    abu_ali = await umm_salim.add(credit_limit="10")
    await umm_salim.wrote(abu_ali, "debt", "20")
    assert len(await alerts(umm_salim)) == 1
    assert await alerts(karim) == []
    page = await umm_salim.get("/more/alerts")
    address = re.search(r'action="([^"]*/open)"', page.text)[1]
    assert (await karim.browser.post(address)).status_code == 404


async def test_an_alert_of_another_shop_is_not_there(app, browser, umm_salim):
    huda = await open_for(app, browser(), "هدى", "مخبز هدى")
    abu_ali = await umm_salim.add(credit_limit="10")
    await umm_salim.wrote(abu_ali, "debt", "20")
    page = await umm_salim.get("/more/alerts")
    alert = re.search(r"/alerts/([0-9a-f-]+)/open", page.text)[1]
    assert (await huda.post(f"/more/alerts/{alert}/open")).status_code == 404


async def _passed(office, by, *, limit: int = 1000, **customer) -> str:
    """Somebody gives Abu Ali more than the limit; his id."""
    owner, now = await office.member(), office.clock.now()
    details = Details("أبو علي", credit_limit_minor=limit)
    command = AddCustomer(new_id(), details, same_name_ok=True)
    added = await office.write(add_customer, owner, now, command)
    entry = RecordEntry(new_id(), added.customer_id, Kind.DEBT, limit + 1, "SAR")
    await office.write(record_entry, by, now, entry)
    return added.customer_id


async def test_the_phones_of_those_who_answer_for_the_shop_are_told(office, service):
    manager, cashier = await office.hire(Role.MANAGER), await office.hire(Role.CASHIER)
    phones = {who.id: service.phone() for who in (office.umm_salim, manager, cashier)}
    for who in (office.umm_salim, manager, cashier):
        await office.add_phone(phones[who.id], await office.sign_in(who))
    await _passed(office, await office.member())
    await office.work()
    told = {one.phone for one in service.inbox}
    assert told == {phones[office.umm_salim.id].endpoint, phones[manager.id].endpoint}
    assert all(one.content["notification"]["title"] == "تجاوز السقف" for one in service.inbox)
    assert all(
        "أبو علي" not in str(one.content) for one in service.inbox
    )  # a phone starts discreet
    await office.work()
    assert len(service.inbox) == 2


async def test_a_phone_that_shows_names_shows_them(office, service):
    phone_id = await office.add_phone(service.phone())
    member, now = await office.member(), office.clock.now()
    await office.write(change_phone, member, now, ChangePhone(phone_id, {"wording": "full"}))
    await _passed(office, member)
    await office.work()
    (received,) = service.inbox
    assert "أبو علي" in received.content["notification"]["body"]
    navigate = received.content["notification"]["navigate"]
    assert navigate == f"{office.settings.origin}/s/{office.shop_id}/more/alerts"


async def test_a_large_reversal_says_who_did_it(office, service):
    manager = await office.hire(Role.MANAGER)
    phone_id = await office.add_phone(service.phone())
    member, now = await office.member(), office.clock.now()
    await office.write(change_phone, member, now, ChangePhone(phone_id, {"wording": "full"}))
    abu_ali = await _passed(office, member, limit=10**7)
    karim = await office.member(manager, Role.MANAGER)
    entry = RecordEntry(new_id(), abu_ali, Kind.PAYMENT, 90000, "SAR")
    await office.write(record_entry, karim, now, entry)
    await office.write(reverse_entry, karim, now, ReverseEntry(new_id(), entry.id))
    await office.work()
    bodies = [one.content["notification"]["body"] for one in service.inbox]
    assert any("كريم" in body and "900.00" in body and "أبو علي" in body for body in bodies)


async def test_a_name_that_is_erased_leaves_the_outbox_too(office, service):
    """What was sent of a customer is found by his id, and its words can go."""
    await office.add_phone(service.phone())
    abu_ali = await _passed(office, await office.member())
    await office.work()
    (row,) = await office.rows()
    assert row.customer_id == abu_ali
    assert "أبو علي" in row.payload


async def test_a_sign_in_on_a_new_phone_comes_into_every_shop_of_that_person_once(office, service):
    bakery = await open_shop_of(office.databases, replace(office.umm_salim, id=new_id()), "مخبز")
    stranger = await office.hire(Role.OWNER)
    await office.add_phone(service.phone())
    others = service.phone()
    await office.add_phone(others, await office.sign_in(stranger))
    await office.work()
    new = Device("Android · Chrome", (), office.databases.derived("phones"))
    now = office.clock.now()
    await office.databases.control.write(arrive, office.umm_salim.id, new, now, PASSKEY)
    for _ in range(3):
        await office.work()
        office.clock.move(minutes=1)
    told = {one.phone: one.content["notification"]["title"] for one in service.inbox}
    assert len(service.inbox) == 2
    assert told.pop(others.endpoint) == "هاتف جديد لأحد العاملين"
    assert [*told.values()] == ["دخول من هاتف جديد"]
    assert "Android" not in str([one.content for one in service.inbox])
    count = "SELECT count(*) FROM alerts"

    def counted(tx):
        return tx.exec_driver_sql(count).scalar()

    assert await office.databases.shops.read(office.shop_id, counted) == 2
    assert await office.databases.shops.read(bakery, counted) == 0


async def test_a_phone_that_is_known_makes_no_noise(office, service):
    await office.add_phone(service.phone())
    key, who = office.databases.derived("phones"), office.umm_salim.id
    first = Device("Android · Chrome", (), key)
    known = Device("Android · Chrome", tuple(first.marked(who).split(".")), key)
    await office.databases.control.write(arrive, who, known, office.clock.now(), PASSKEY)
    await office.work()
    assert service.inbox == []
    forged = Device("Android · Chrome", ("A" * 22,), key)
    await office.databases.control.write(arrive, who, forged, office.clock.now(), PASSKEY)
    await office.work()
    assert len(service.inbox) == 1


async def test_one_tap_in_the_alert_answers_it_and_it_is_read(app, umm_salim):
    at, hers = app.state.clock.move(minutes=1), umm_salim.person_id
    strange = Device("آيفون", (), app.state.derived("phones"))
    await app.state.control.write(arrive, hers, strange, at, PASSKEY)
    await _bring(app, umm_salim)
    page = await umm_salim.get("/more/alerts")
    (alert,) = re.findall(r"/alerts/([0-9a-f-]+)/answer", page.text)
    for wrong in ("", "yes"):
        refused = await umm_salim.post(f"/more/alerts/{alert}/answer", answer=wrong)
        assert refused.status_code == 422
    answer = await umm_salim.post(f"/more/alerts/{alert}/answer", answer="not_mine")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account/passkeys/new")
    page = await umm_salim.get("/more/alerts")
    assert "/answer" not in page.text
    assert await unread(umm_salim) == 0
    again = await umm_salim.post(f"/more/alerts/{alert}/answer", answer="mine")
    assert again.status_code == 422


async def test_an_alert_that_is_about_no_phone_has_no_such_answer(umm_salim):
    abu_ali = await umm_salim.add("أبو علي", credit_limit="1")
    await umm_salim.wrote(abu_ali, "debt", "2")
    (alert,) = re.findall(r"/alerts/([0-9a-f-]+)/open", (await umm_salim.get("/more/alerts")).text)
    answer = await umm_salim.post(f"/more/alerts/{alert}/answer", answer="mine")
    assert answer.status_code == 404


async def _bring(app, owner) -> None:
    """As the worker does at its next visit."""
    shop, at = owner.home.split("/")[2], app.state.clock.now()
    found = await app.state.control.read(find_new_phones, shop, at)
    assert found
    settings = await app.state.control.read(get_shop, shop)
    await app.state.shops.write(shop, bring_alerts, settings, found)


async def test_a_request_for_approval_is_pushed_to_who_may_answer_it_and_to_nobody_else(
    app, browser, umm_salim
):
    karim = await hire(app, browser(), umm_salim.home, Role.CASHIER)
    salem = await hire(app, browser(), umm_salim.home, Role.MANAGER)
    shop_id = umm_salim.home.split("/")[2]
    abu_ali = await umm_salim.add("أبو علي", credit_limit="100")
    await karim.write(abu_ali, "debt", "150", id=new_id(), ask="yes")
    now = app.state.clock.now()
    present = await app.state.control.read(signed_in_at, shop_id, now)
    assert {one.person_id for one in present} >= {karim.person_id, salem.person_id}
    details = {"needs": ["give_over_limit"], "by": karim.person_id}
    assert answerers(details, present) == {umm_salim.person_id, salem.person_id}
    assert answerers({**details, "by": salem.person_id}, present) == {umm_salim.person_id}
    assert await alerts(umm_salim) == []
    assert await unread(umm_salim) == 0
