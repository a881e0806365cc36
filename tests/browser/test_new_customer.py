"""A new customer is a name and a phone; the rest is there for whoever asks."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed
from tests.browser.offline.hand import carry
from tests.browser.phone import Phone

SHOWN = ".field:visible, fieldset:visible"
CONTACTS = """Object.defineProperty(navigator, 'contacts', { value: {
  select: async (what) => {
    window.asked = what
    return window.nobody ? [] : [{ name: ['زيد النجار'], tel: ['0507654321', '011'] }]
  }
} })"""


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


def form(page: Page):
    return page.locator("#customer-form")


@pytest.mark.parametrize("is_online", [True, False])
def test_two_fields_and_the_button_are_enough(phone: Phone, shop, is_online):
    page = phone.open(f"{shop.home}/")
    if not is_online:
        carry(page)
        phone.is_cut_off = True
        phone.context.set_offline(True)
    page.goto(f"{shop.home}/customers/new")
    expect(form(page).locator(SHOWN)).to_have_count(2)
    submit = form(page).locator("> [type=submit]")
    box, bar = submit.bounding_box(), page.locator(".bottom-bar").bounding_box()
    assert box["y"] + box["height"] <= bar["y"]
    name = f"جار {int(is_online)}"
    page.fill("#name", name)
    page.fill("#phone", f"050765432{int(is_online)}")
    submit.click()
    expect(page.locator("#side h1, .topbar h1").first).to_contain_text(name)
    phone.context.set_offline(False)


def test_what_is_refused_or_filled_stays_in_sight(phone: Phone, shop):
    page = phone.open(f"{shop.home}/customers/new")
    page.fill("#name", "زيد")
    page.click(".form-more summary")
    page.fill("#credit_limit", "كثير")
    page.click(".form-more summary")
    form(page).locator("> [type=submit]").click()
    expect(page.locator("#credit_limit")).to_be_visible()
    expect(page.locator("#credit_limit")).to_have_value("كثير")
    expect(page.locator("[data-error=amount_not_a_number]")).to_be_visible()


def test_without_a_script_too(visit, shop):
    phone = visit(java_script_enabled=False)
    phone.sign_in_as(shop.token)
    phone.foreseen.add(422)
    page = phone.open(f"{shop.home}/customers/new")
    expect(page.locator("[data-from-contacts]")).to_be_hidden()
    page.fill("#name", "هدى")
    page.click(".form-more summary")
    page.fill("#due_days", "كثير")
    form(page).locator("> [type=submit]").click()
    expect(page.locator("#due_days")).to_be_visible()
    expect(page.locator("#due_days")).to_have_value("كثير")


def test_a_contact_of_the_phone_is_typed_in(phone: Phone, shop):
    phone.page.add_init_script(CONTACTS)
    page = phone.open(f"{shop.home}/customers/new")
    page.get_by_role("button", name="من جهات الاتصال").click()
    expect(page.locator("#name")).to_have_value("زيد النجار")
    expect(page.locator("#phone")).to_have_value("0507654321")
    assert page.evaluate("window.asked") == ["name", "tel"]
    page.fill("#name", "زيد الصغير")
    page.evaluate("window.nobody = true")
    page.click("[data-from-contacts]")
    page.wait_for_function("window.asked")
    expect(page.locator("#name")).to_have_value("زيد الصغير")


def test_a_browser_without_contacts_offers_none(phone: Phone, shop):
    page = phone.open(f"{shop.home}/customers/new")
    expect(page.locator("#name")).to_be_visible()
    expect(page.locator("[data-from-contacts]")).to_be_hidden()


@pytest.mark.parametrize("path", ["/customers/new", "/more/shop", "/more/rates"])
def test_the_button_stands_above_the_keyboard(phone: Phone, shop, path):
    page = phone.open(f"{shop.home}{path}")
    submit = page.locator(".form > .button.wide[type=submit]").first
    page.locator(".form input:not([type=hidden], [type=checkbox], [type=radio])").first.focus()
    page.set_viewport_size({"width": 360, "height": 420})
    expect(page.locator(".bottom-bar")).to_be_hidden()
    expect(submit).to_be_in_viewport(ratio=1)
