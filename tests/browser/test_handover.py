"""A shop is handed over on two phones, with the passkeys of both."""

from playwright.sync_api import expect

from tests.browser.looks import assert_it_fits
from tests.browser.staff import MANAGER, OWNER, come_in, invite, owner_of_a_shop


def test_a_shop_changes_hands_by_two_passkeys(visit):
    owner, home = owner_of_a_shop(visit)
    nawaf = come_in(visit, invite(owner, home, MANAGER, "manager"))
    page = owner.open(f"{home}/more/people")
    page.click(f".people a:has-text('{MANAGER}')")
    page.click("a[href$='/handover']")
    expect(page.locator("main form")).to_contain_text(MANAGER)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/more/handover")
    expect(page.locator("[data-handover=made]")).to_contain_text(MANAGER)

    # nothing has changed yet; he finds it on his phone, and takes it
    his = nawaf.open(f"{home}/more")
    expect(his.locator("a[href$='/more/shop']")).to_have_count(0)
    his.click("a[href$='/more/handover']")
    expect(his.locator("[data-handover=mine]")).to_contain_text(OWNER)
    his.click("form[action$='/acceptance'] button")
    his.wait_for_url("**/more/people")
    expect(his.locator(".people")).to_contain_text(OWNER)
    nawaf.open(f"{home}/more")
    expect(his.locator("a[href$='/more/shop']")).to_have_count(1)

    # she is a manager at her next request
    owner.open(f"{home}/more")
    expect(page.locator("a[href$='/more/shop']")).to_have_count(0)
    expect(page.locator("a[href$='/more/handover']")).to_have_count(0)


def test_an_offer_fits_every_phone_and_is_declined(visit):
    owner, home = owner_of_a_shop(visit)
    nawaf = come_in(visit, invite(owner, home, MANAGER, "manager"))
    page = owner.open(f"{home}/more/people")
    page.click(f".people a:has-text('{MANAGER}')")
    page.click("a[href$='/handover']")
    offer = page.url
    page.click("main form button[type=submit]")
    page.wait_for_url("**/more/handover")
    his = nawaf.open(f"{home}/more/handover")
    for one in (page, his):
        assert_it_fits(one)
    his.click("form[action$='/removal'] button")
    expect(his.locator("[data-handover]")).to_have_count(0)
    page.goto(offer)
    assert_it_fits(page)
