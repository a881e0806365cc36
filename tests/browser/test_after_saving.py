"""After saving, with and without a script: it is said once, and Back never shows the form again."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed

DEBTOR = "سالم"
Fill = Callable[[Page], object]


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


# Where the link to the form is, the form under that page, what is typed, and the button.
FORMS: dict[str, tuple[str, str, Fill, str]] = {
    "details": (
        "{account}",
        "edit",
        lambda page: page.fill("#customer-form [name=nickname]", "جار"),
        "#customer-form > [type=submit]",
    ),
    "promise": (
        "{account}/due",
        "promises/new",
        lambda page: page.click("label:has([name=day_choice]) >> nth=0"),
        "#promise [type=submit]",
    ),
    "customer": (
        "{home}/",
        "customers/new",
        lambda page: page.fill("#customer-form [name=phone]", "0501234567"),
        "#customer-form > [type=submit]",
    ),
    "entry": (
        "{account}",
        "entries/new?kind=debt",
        lambda page: page.fill("#entry [name=amount]", "7"),
        "[data-confirm-button]",
    ),
}


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("name", FORMS)
def test_back_never_shows_a_saved_form(visit, shop, script, name):
    start, form, typed, button = FORMS[name]
    phone = visit(java_script_enabled=script)
    phone.sign_in_as(shop.token)
    page = phone.open(start.format(home=shop.home, account=shop.account(DEBTOR)))
    page.click(f"a[href$='{form}'] >> nth=0")
    page.wait_for_selector(button)
    typed(page)
    if name == "customer":
        page.fill("#customer-form [name=name]", f"سعيد {script}")
    page.click(button)
    expect(page.locator(".toast")).to_contain_text(re.compile("حُفظ|سُجّل"))
    page.go_back()
    page.wait_for_load_state()
    assert form.partition("?")[0] not in page.url
    expect(page.locator(button)).to_have_count(0)


def test_a_page_of_settings_is_once_in_the_history(phone, shop):
    page = phone.open(f"{shop.home}/more")
    page.goto(f"{shop.home}/more/shop")
    page.fill("[name=due_days]", "21")
    page.click("main form [type=submit]")
    expect(page.locator(".toast.brief")).to_have_text("حُفظ")
    expect(page.locator("[name=due_days]")).to_have_value("21")
    page.go_back()
    assert urlsplit(page.url).path == f"{shop.home}/more"


def test_a_refusal_is_no_page_of_the_history(phone, shop):
    phone.foreseen.add(422)
    page = phone.open(f"{shop.home}/more")
    page.goto(f"{shop.home}/more/shop")
    page.fill("[name=due_days]", "many")
    page.click("main form [type=submit]")
    expect(page.locator("#due_days-error")).to_be_visible()
    expect(page.locator("[name=due_days]")).to_have_value("many")
    expect(page.locator("[name=due_days]")).to_be_focused()
    page.fill("[name=due_days]", "30")
    page.click("main form [type=submit]")
    expect(page.locator(".toast.brief")).to_be_visible()
    page.go_back()
    assert urlsplit(page.url).path == f"{shop.home}/more"


def test_a_form_that_nobody_hears_stays_with_what_was_typed(phone, shop):
    page = phone.open(f"{shop.home}/more/shop")
    page.fill("[name=due_days]", "14")
    phone.is_cut_off = True
    phone.context.set_offline(True)
    page.click("main form [type=submit]")
    expect(page.locator("#toasts [role=alert]")).to_be_visible()
    phone.context.set_offline(False)
    page.click("main form [type=submit]")
    expect(page.locator(".toast.brief")).to_be_visible()
    expect(page.locator("[name=due_days]")).to_have_value("14")


def test_a_saved_form_opens_again_for_whoever_taps(visit, shop):
    """Without a script only the way back leads on, not the link to the form."""
    phone = visit(java_script_enabled=False)
    phone.sign_in_as(shop.token)
    edit = f"{shop.account(DEBTOR)}/edit"
    page = phone.open(edit)
    page.fill("#customer-form [name=nickname]", "مرة أخرى")
    page.click("#customer-form > [type=submit]")
    page.wait_for_selector("#standing")
    page.click(f"a[href='{edit}'] >> nth=0")
    page.wait_for_url(f"**{edit}")
    expect(page.locator("#customer-form [name=nickname]")).to_have_value("مرة أخرى")
