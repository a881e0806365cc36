"""Messages on a phone: every page fits, and the way from a debt to WhatsApp is a few taps."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, expect

from daftari.customers.actions.consent import agree
from daftari.customers.rules.commands import Agree
from daftari.customers.rules.consent import Agreed, ConsentMethod, OptIn
from daftari.kernel.ids import new_id
from daftari.ledger.rules.kinds import Kind
from tests.browser import seed
from tests.browser.phone import Phone
from tests.browser.test_every_page import AXE, probed

ABU_ALI = "أبو علي الخباز"
LONG = "شركة " + "الأمانة" * 10
SHY = "سعاد"
NEW = "نورة"
FAHD = "فهد"
UNASKED = ("هند", "جميلة")
BY_WHATSAPP = ("whatsapp_reminder", "whatsapp_receipt")
Way = Callable[[Phone, seed.Shop], object]


async def a_day_of_messages(shop: seed.Shop) -> None:
    """Two who are late and agreed, and one who was not asked."""
    await seed.make_it_noon(shop.databases, shop.member.shop.id)
    for n, name in enumerate((ABU_ALI, LONG, SHY)):
        await shop.add(name, phone=f"+96650123456{n}", email=f"c{n}@example.com")
        await shop.entry(name, Kind.DEBT, 99_999_999_999, days_ago=40, due_in=-5)
    await shop.add(NEW, phone="+966501234569")
    await shop.entry(NEW, Kind.DEBT, 57975, days_ago=20, due_in=-2)
    await shop.entry(NEW, Kind.DEBT, 30650, due_in=20)
    for n, name in enumerate((FAHD, *UNASKED)):
        await shop.add(name, phone=f"+96650223456{n}")
        await shop.entry(name, Kind.DEBT, 5000, days_ago=9, due_in=-1)
    for name in (ABU_ALI, LONG):
        wishes = frozenset(map(OptIn.named, BY_WHATSAPP))
        agreed = Agreed(wishes, ConsentMethod.IN_PERSON, "ar")
        await shop._write(agree, Agree(new_id(), shop.people[name], agreed))


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, a_day_of_messages))


@pytest.fixture
def at_work(visit, written) -> Callable[..., Phone]:
    def another(**options: Any) -> Phone:
        phone = visit(**options)
        phone.sign_in_as(written[0].token)
        return phone

    return another


def a_sheet(phone: Phone, shop: seed.Shop) -> None:
    phone.open(f"{shop.home}/due").click("a[href$='/remind'] >> nth=0")
    expect(phone.page.locator("#remind .message-text")).to_be_visible()


def a_message(phone: Phone, shop: seed.Shop) -> None:
    page = phone.open(shop.account(LONG) + "/remind?tone=firm")
    answered = page.request.post(
        f"{shop.account(LONG)}/reminders",
        form={"id": new_id(), "channel": "whatsapp", "tone": "firm"},
        headers={"Origin": phone.origin},
    )
    phone.open(urlsplit(answered.url).path)
    expect(page.locator("[data-opened]")).to_be_visible()


def a_receipt(phone: Phone, shop: seed.Shop) -> None:
    page = phone.open(shop.account(SHY))
    phone.open_sheet()
    phone.tap_amount("5")
    page.click("[data-confirm-button]")
    page.click("details#receipt summary")
    expect(page.locator("[data-error=no_consent]")).to_be_visible()
    page.locator(".toast").evaluate_all("toasts => toasts.forEach(toast => toast.remove())")


def a_question(phone: Phone, shop: seed.Shop) -> None:
    page = phone.open(f"{shop.home}/customers/new?name=x")
    page.click(".form-more summary")
    expect(page.locator(".consents")).to_be_hidden()
    page.fill("#phone", "0501112233")
    expect(page.locator("[name=agreed_sms_reminder]")).to_be_visible()
    expect(page.locator("[name=agreed_email_reminder]")).to_be_hidden()


def a_way_out(phone: Phone, shop: seed.Shop) -> None:
    phone.open(shop.account(LONG) + "/remind")
    link = phone.page.locator(".message-text").inner_text().split("/stop/")[1].split()[0]
    phone.context.clear_cookies()
    phone.open(f"/stop/{link}")


def inside(path: str) -> Way:
    return lambda phone, shop: phone.open(shop.home + path)


def with_customer(name: str, path: str) -> Way:
    return lambda phone, shop: phone.open(shop.account(name) + path)


PAGES: dict[str, Way] = {
    "sheet": a_sheet,
    "sheet, not asked": with_customer(SHY, "/remind"),
    "one by one": inside("/reminders/next"),
    "batch": inside("/reminders"),
    "message": a_message,
    "log": inside("/messages"),
    "log of a customer": with_customer(SHY, "/messages"),
    "receipt": a_receipt,
    "settings": inside("/more/messages"),
    "consents": with_customer(ABU_ALI, "/consents"),
    "consents, none": with_customer(SHY, "/consents"),
    "new customer": a_question,
    "stop": a_way_out,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_phone_thumb_and_eye(at_work, written, name):
    phone = at_work(width=320, height=640)
    PAGES[name](phone, written[0])
    page = probed(phone.page)
    assert page.evaluate("probes.targets()") > 0
    assert page.evaluate("probes.tooWide()") == []
    assert page.evaluate("probes.tooSmall()") == []
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(AXE.read_text())
    assert page.evaluate("probes.axeFinds()")["violations"] == []
    assert page.evaluate("probes.lettersToX()") > 3
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found = page.evaluate("probes.axeFinds({only: ['color-contrast', 'link-in-text-block']})")
        assert found["violations"] == [], theme


def is_whatsapp(request: Request) -> bool:
    return request.url.startswith("https://wa.me/9665") and "text=" in request.url


def reminded_by_one_press(phone: Phone) -> None:
    """WhatsApp opens with the words, and that is noted: the sheet goes, a word stays."""
    page = phone.page
    page.wait_for_load_state("networkidle")
    with phone.context.expect_event("request", is_whatsapp), page.expect_request("**/opened"):
        page.click("#remind .confirm-form button")


def test_from_the_due_list_to_whatsapp_in_two_taps(at_work, written):
    phone = at_work()
    a_sheet(phone, written[0])
    reminded_by_one_press(phone)
    page = phone.page
    expect(page.locator("#over")).to_be_hidden()
    expect(page.locator("#toasts")).to_contain_text("فُتح واتساب")
    phone.open(written[0].account(ABU_ALI) + "/messages")
    expect(page.locator("[data-message-state]").first).to_have_attribute(
        "data-message-state", "opened"
    )


def test_whatsapp_on_the_account_leads_to_the_words_and_asks_where_nobody_did(at_work, written):
    """From «واتساب» of somebody who was never asked: asked, noted and opened, in one sheet."""
    phone, shop = at_work(), written[0]
    page = phone.open(shop.account(NEW))
    page.wait_for_load_state("networkidle")
    page.click("#contact-actions [data-contact=whatsapp]")
    expect(page.locator("#remind .asks")).to_contain_text("هل توافق")
    expect(page.locator("#remind small")).to_contain_text("المستحق 579.75")
    expect(page.locator("#remind small")).to_contain_text("كل ما عليه 886.25")
    expect(page.locator("#remind .channels")).to_have_count(0)
    page.click("#remind .asks .confirm")
    expect(page.locator("#remind .message-text")).to_contain_text("579.75")
    reminded_by_one_press(phone)
    phone.open(shop.account(NEW) + "/consents")
    expect(page.locator(".consent")).to_have_count(1)
    expect(page.locator(".consent")).to_contain_text("تذكير · واتساب")


def test_those_who_were_not_asked_are_gone_through_one_by_one(at_work, written):
    phone, shop = at_work(), written[0]
    page = phone.open(f"{shop.home}/reminders")
    page.click("a[href$='/reminders/next']")
    page.wait_for_url("**/reminders/next")
    first = page.locator("#sheet-title bdi").first.inner_text()
    page.click("#remind a:has-text('التالي')")
    page.wait_for_url("**/reminders/next?after=*")
    second = page.locator("#sheet-title bdi").first.inner_text()
    assert {first, second} <= {SHY, FAHD, *UNASKED}
    assert first != second
    page.wait_for_load_state("networkidle")
    page.click("#remind .asks .confirm")
    expect(page.locator("#remind .message-text")).to_be_visible()
    reminded_by_one_press(phone)
    page.wait_for_url("**/reminders/next?after=*")
    assert page.locator("#sheet-title bdi").first.inner_text() not in (first, second)


def test_the_receipt_comes_by_itself_after_a_payment(at_work, written):
    phone = at_work()
    page = phone.open(written[0].account(ABU_ALI))
    phone.open_sheet("pay")
    phone.tap_amount("1")
    page.click("[data-confirm-button]")
    page.click("details#receipt summary")
    expect(page.locator("#receipt .message-text")).to_contain_text("1.00 ريال سعودي")
    page.wait_for_load_state("networkidle")
    with phone.context.expect_event("request", is_whatsapp), page.expect_request("**/opened"):
        page.click("#receipt form[method=post] button")
    expect(page.locator("#toasts")).to_contain_text("فُتح واتساب")


def test_without_a_script_every_step_is_a_page(at_work, written):
    phone = at_work(java_script_enabled=False)
    page = phone.open(written[0].account(LONG))
    page.click("a[href$='/remind']")
    page.click("a.chip:has-text('حازمة')")
    assert "نرجو السداد" in page.locator(".message-text").inner_text()
    page.click("[data-main]")
    page.click(".opened-by-hand button")
    expect(page.locator("[data-message-state]")).to_have_attribute("data-message-state", "opened")
