"""Three phones in one shop: the owner invites, a cashier sells, a manager looks; one is removed."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.looks import assert_it_fits
from tests.browser.offline.hand import carry
from tests.browser.phone import expect_standing
from tests.browser.staff import (
    CASHIER,
    MANAGER,
    OWNER,
    book_of,
    come_in,
    invite,
    owner_of_a_shop,
    remove,
    sell,
)


def test_a_cashier_is_invited_sells_and_is_removed_with_a_full_phone(visit, server):
    owner, home = owner_of_a_shop(visit)
    owner.open(f"{home}/customers/new")
    account = owner.add("أبو علي")
    karim = come_in(visit, invite(owner, home, CASHIER, "cashier"))
    manager = come_in(visit, invite(owner, home, MANAGER, "manager"))

    # he sells and sees no totals; the manager sees them
    expect(karim.page.locator("#book h1")).to_have_text("بقالة النور")
    expect(karim.page.locator("#totals dd")).to_have_count(0)
    page = karim.open(account)
    sell(page, "12")
    expect(page.locator("article.entry:not([data-state])")).to_have_count(1)
    expect_standing(page, "عليه 12.00 ر.س")
    manager.open(f"{home}/")
    expect(manager.page.locator("#totals")).to_contain_text("12.00")

    # without a network he goes on
    karim.is_cut_off = True
    carry(page)
    karim.context.set_offline(True)
    page.goto(account)
    for keys in ("5", "7", "9"):
        sell(page, keys)
    expect(page.locator("article.entry[data-state=waiting]")).to_have_count(3)

    remove(owner, home, CASHIER)

    # the network is back: he is told, his phone keeps what was not accepted and no book
    karim.foreseen.add(404)
    karim.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_url("**/account/former/*", timeout=60_000)
    expect(page.locator("#phone-failed")).to_have_text(
        "3 قيود لم تُقبل لأنك لم تعد من العاملين في المحل"
    )
    expect(page.locator("[data-failed] li")).to_have_count(3)
    for words in ("5.00", "7.00", "9.00", "أبو علي"):
        expect(page.locator("[data-failed]")).to_contain_text(words)
    with page.expect_download() as saved:
        page.click("[data-export]")
    told = Path(saved.value.path()).read_text()
    assert "أبو علي" in told
    assert told.count("\n") == 4
    assert book_of(page) is None
    karim.open("/")
    page.wait_for_url("**/account/former/*")
    page.goto(account)
    page.wait_for_url("**/account/former/*")

    # she is alerted, and enters one of the three herself
    page = owner.open(f"{home}/more/alerts")
    page.click("[data-alert=not_accepted] button")
    page.wait_for_url("**/more/refused")
    expect(page.locator("[data-refused=removed_from_shop]")).to_have_count(3)
    row = page.locator("[data-refused]", has_text="7.00")
    expect(row).to_contain_text(CASHIER)
    expect(row).to_contain_text("أبو علي")
    row.locator("form[action$='/entry'] button").click()
    expect(page.locator("[data-settled=entered]")).to_contain_text("7.00")
    owner.open(account)
    expect_standing(owner.page, "عليه 19.00 ر.س")

    # the manager is where he was, and no name stands in a log
    manager.open(f"{home}/")
    expect(manager.page.locator("#totals")).to_contain_text("19.00")
    log = server.log.read_text()
    assert "/sync" in log
    for name in (OWNER, CASHIER, MANAGER, "أبو علي"):
        assert name not in log
    owner.open(f"{home}/more/refused")
    for phone in (karim, owner):
        assert_it_fits(phone.page)


def test_a_role_that_is_narrowed_narrows_the_book_on_the_phone(visit):
    owner, home = owner_of_a_shop(visit)
    owner.open(f"{home}/customers/new")
    account = owner.add("أبو علي")
    sell(owner.open(account), "12")
    manager = come_in(visit, invite(owner, home, MANAGER, "manager"))
    page = manager.open(f"{home}/")
    manager.is_cut_off = True
    carry(page)
    assert book_of(page)["totals"]
    people = owner.open(f"{home}/more/people")
    people.click(f".people a:has-text('{MANAGER}')")
    people.check("[name=role][value=viewer]")
    people.click("form:has([name=role]) button[type=submit]")
    expect(people.locator(".topbar-line")).to_have_text(re.compile("مطّلع|مطلع"))
    manager.open(f"{home}/")
    while "see_totals" in book_of(page)["shop"]["may"]:
        page.wait_for_timeout(200)
    assert not book_of(page)["totals"]
    manager.context.set_offline(True)
    page.goto(f"{home}/")
    expect(page.locator("#list")).to_contain_text("أبو علي")
    expect(page.locator("#totals dd")).to_have_count(0)
    manager.context.set_offline(False)
