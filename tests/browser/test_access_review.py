"""The review of permissions on two phones: a lost phone goes, a person goes, and it is noted."""

from playwright.sync_api import expect

from tests.browser.looks import assert_it_fits
from tests.browser.staff import CASHIER, MANAGER, come_in, invite, owner_of_a_shop


def test_a_review_signs_a_phone_out_removes_a_person_and_is_noted(visit):
    owner, home = owner_of_a_shop(visit)
    karim = come_in(visit, invite(owner, home, CASHIER, "cashier"))
    nawaf = come_in(visit, invite(owner, home, MANAGER, "manager"))
    nawaf.foreseen.add(401)
    karim.foreseen.add(404)
    page = owner.open(f"{home}/more/people")
    page.click("a[href$='/more/people/review']")
    expect(page.locator(".reviewed")).to_have_count(3)

    # a phone that nobody knows is signed out: its next page asks for the passkey
    his = page.locator(".reviewed", has_text=MANAGER)
    his.locator("form[action*='/phones/'] button").click()
    expect(page.locator(".reviewed", has_text=MANAGER)).to_contain_text("بلا هاتف الآن")
    nawaf.page.goto(f"{nawaf.origin}{home}/")
    nawaf.page.wait_for_url("**/signin?**")

    # whoever should not be here goes with one tap, at his next request
    page.locator(".reviewed", has_text=CASHIER).locator(
        "form[action$='/removal'] button"
    ).last.click()
    page.wait_for_url("**/more/people")
    expect(page.locator(".people")).not_to_contain_text(CASHIER)
    karim.page.goto(f"{karim.origin}{home}/")
    karim.page.wait_for_url("**/account/former/*")

    page = owner.open(f"{home}/more/people/review")
    expect(page.locator(".reviewed")).to_have_count(2)
    page.click("form[action$='/people/review'] button")
    expect(page.locator("div.part[role=status]")).to_be_visible()
    page.reload()  # its word of what was saved goes with the page
    expect(page.locator(".toast")).to_have_count(0)
    assert_it_fits(page)
