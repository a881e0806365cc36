"""Every page, as it stands on a phone: nothing too wide, nothing too small, nothing unreadable."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import seed
from tests.browser.looks import AXE, assert_it_fits, probed
from tests.browser.phone import Phone
from tests.photos import a_photo

WRONG = """() => {
  const small = Object.assign(document.createElement('a'), { href: '#', textContent: 'x' })
  const wide = Object.assign(document.createElement('p'), { textContent: 'wide' })
  wide.style.inlineSize = '900px'
  wide.style.color = '#eee'
  document.querySelector('main').append(small, wide)
}"""
ABU_ALI = "أبو علي الخباز"
SALMA = "سلمى العتيبي"
LONG = "شركة " + "الأمانة" * 10
Way = Callable[[Phone, "Shops"], object]


@dataclass(frozen=True, slots=True)
class Shops:
    """Umm Salim's full book, and one whose first page is clean."""

    full: seed.Shop
    clean: seed.Shop


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_full_one, seed.nothing))


@pytest.fixture
def shops(written: list[seed.Shop]) -> Shops:
    return Shops(*written)


def at(path: str) -> Way:
    return lambda phone, _: phone.open(path)


def in_full(path: str) -> Way:
    return lambda phone, shops: phone.open(shops.full.home + path)


def with_customer(name: str, path: str = "") -> Way:
    return lambda phone, shops: phone.open(shops.full.account(name) + path)


def in_clean(path: str) -> Way:
    def go(phone: Phone, shops: Shops) -> None:
        phone.sign_in_as(shops.clean.token)
        phone.open(shops.clean.home + path)

    return go


def a_refused_signup(phone: Phone, _: Shops) -> None:
    page = phone.open("/signup")
    page.fill("[name=name]", "أم سليم")
    page.fill("[name=shop_name]", "بقالة")
    page.fill("[name=phone]", "1")
    page.click("form[data-passkey] button[type=submit]")
    expect(page.locator("#phone-error")).to_be_visible()


def a_refused_recovery(phone: Phone, _: Shops) -> None:
    page = phone.open("/recover")
    page.fill("[name=phone]", "0501234567")
    page.fill("[name=code]", "xxxx-xxxx")
    page.click("form[action='/recover'] button")
    expect(page.locator("[data-error]").first).to_be_visible()


def a_sheet_over_the_account(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account(ABU_ALI))
    phone.open_sheet()
    phone.tap_amount("1234.5")
    expect(page.locator("[data-confirm-button]")).to_contain_text("1,234.50")


def a_refused_sheet(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account(LONG))
    phone.open_sheet()
    page.fill("#amount", "1,5")
    page.click("[data-confirm-button]")
    expect(page.locator("#amount-error")).to_be_visible()


def a_written_entry(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account("نورة"))
    phone.open_sheet()
    phone.tap_amount("1")
    page.click("[data-confirm-button]")
    expect(page.locator(".toast[data-undo]")).to_be_visible()
    page.hover(".toast[data-undo]")


def a_waiting_entry(phone: Phone, shops: Shops) -> None:
    phone.foreseen.add(503)
    page = phone.open(shops.full.account("جديد لم يُكتب عليه"))
    page.route("**/sync", lambda route: route.fulfill(status=503))
    phone.open_sheet()
    phone.tap_amount("1")
    page.click("[data-confirm-button]")
    page.click("article.entry[data-state=waiting] summary")
    expect(page.locator("#quiet-line [data-queue]")).to_be_visible()


def what_waits_on_the_phone(phone: Phone, shops: Shops) -> None:
    a_waiting_entry(phone, shops)
    phone.page.goto(f"{shops.full.home}/more/phone")
    expect(phone.page.locator("[data-waiting] li")).to_have_count(1)


def a_farewell_with_unsent_entries(phone: Phone, shops: Shops) -> None:
    a_waiting_entry(phone, shops)
    phone.page.goto(f"{shops.full.home}/more")
    phone.page.wait_for_load_state("networkidle")
    phone.page.click("form[data-signout] button")
    expect(phone.page.locator("#leave-sheet")).to_be_visible()


def a_reversal(phone: Phone, shops: Shops) -> None:
    phone.open(f"{shops.full.home}/entries/{shops.full.last_entry}/reversal")


def an_entry_of_its_own(phone: Phone, shops: Shops) -> None:
    phone.open(f"{shops.full.home}/entries/{shops.full.last_entry}")


def an_entry_over_its_account(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account(ABU_ALI))
    page.wait_for_load_state("networkidle")
    page.click("article.entry a >> nth=0")
    expect(page.locator("#over #entry-details")).to_be_visible()


def a_line_with_a_photo(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account("سالم"))
    entry = (page.locator("article.entry").first.get_attribute("id") or "").removeprefix("entry-")
    photo = f"{phone.origin}{shops.full.home}/entries/{entry}/photo"
    ours = {"Sec-Fetch-Site": "same-origin"}
    phone.context.request.put(photo, data=a_photo(), headers=ours)
    page.reload()
    page.click("article.entry:has(.entry-photo-mark) a")
    expect(page.locator(".entry-photo img")).to_be_visible()


def a_sheet_with_a_photo(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account("نورة"))
    phone.open_sheet()
    with page.expect_file_chooser() as asked:
        page.click("[data-part=photo]")
    asked.value.set_files({"name": "1.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    expect(page.locator("[data-photo-shown] canvas")).to_be_visible()


def signed_out_meanwhile(phone: Phone, shops: Shops) -> None:
    page = phone.open(f"{shops.full.account('سالم')}/edit")
    page.fill("[name=name]", LONG)
    phone.context.clear_cookies()
    page.click("#customer-form button[type=submit]")
    expect(page.locator(".kept")).to_be_visible()


def the_same_name(phone: Phone, shops: Shops) -> None:
    page = phone.open(f"{shops.full.home}/customers/new?name={ABU_ALI}")
    page.click("#customer-form button[type=submit]")
    expect(page.locator("[data-error=same_name]")).to_be_visible()


def a_wrong_customer(phone: Phone, shops: Shops) -> None:
    page = phone.open(f"{shops.full.home}/customers/new?name=x")
    page.fill("[name=phone]", "1")
    page.click("#customer-form button[type=submit]")
    expect(page.locator("#phone-error")).to_be_visible()


def a_promise_over_the_due_list(phone: Phone, shops: Shops) -> None:
    page = phone.open(f"{shops.full.home}/due")
    page.click("a[href*='/promises/new'] >> nth=0")
    expect(page.locator("#promise .chip").first).to_be_visible()


def a_refused_promise(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account(SALMA) + "/promises/new")
    page.fill("#amount", "x")
    page.click("#promise button[type=submit]")
    expect(page.locator("#promised_on-error")).to_be_visible()


def a_plan_seen_before_it_is_saved(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account(LONG) + "/plans/new")
    page.fill("#amount", "999999999.99")
    page.fill("#count", "12")
    page.click(".days-row .chip >> nth=0")
    expect(page.locator("#preview .date")).to_have_count(12)


def a_refused_plan(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account(SALMA) + "/plans/new")
    page.click("[formaction]")
    expect(page.locator("#amount-error")).to_be_visible()


def a_plan(phone: Phone, shops: Shops) -> None:
    page = phone.open(f"{shops.full.home}/plans/{shops.full.last_plan}")
    page.click(".plan-undo summary")


def a_due_date_by_its_name(phone: Phone, shops: Shops) -> None:
    page = phone.open(shops.full.account(SALMA))
    phone.open_sheet()
    page.click("[data-part=due_on]")
    page.click(".days-row .chip >> nth=1")
    expect(page.locator("#due_on")).not_to_have_value("")


PUBLIC: dict[str, Way] = {
    "landing": at("/"),
    "sign-up": at("/signup"),
    "sign-up refused": a_refused_signup,
    "sign-in": at("/signin"),
    "sign-in link spent": at("/signin/link/none"),
    "recovery": at("/recover"),
    "recovery refused": a_refused_recovery,
    "help": at("/help"),
    "not found": at("/nowhere"),
}
PRIVATE: dict[str, Way] = {
    "book": in_full("/"),
    "book, by name": in_full("/?sort=name&filter=owes"),
    "book, nobody found": in_full("/?q=nobody"),
    "choose": in_full("/entries/new"),
    "due": in_full("/due"),
    "due to suppliers": in_full("/due/suppliers"),
    "reports": in_full("/reports?period=year"),
    "reports, refused days": in_full("/reports?from=2026-02-01&to=2026-01-01"),
    "statement": with_customer(ABU_ALI, "/statement?period=all"),
    "long work": in_full("/more/tasks"),
    "account": with_customer(ABU_ALI),
    "an entry of its own": an_entry_of_its_own,
    "an entry over its account": an_entry_over_its_account,
    "account of a long name": with_customer(LONG),
    "account of a supplier": with_customer("مؤسسة الحليب الطازج"),
    "account, frozen": with_customer("سالم"),
    "account, empty": with_customer("جديد لم يُكتب عليه"),
    "account, just written": a_written_entry,
    "account, with a photo": a_line_with_a_photo,
    "sheet with a photo": a_sheet_with_a_photo,
    "signed out meanwhile": signed_out_meanwhile,
    "account, waiting": a_waiting_entry,
    "this phone": in_full("/more/phone"),
    "this phone, waiting": what_waits_on_the_phone,
    "sign-out, unsent": a_farewell_with_unsent_entries,
    "entry": with_customer(ABU_ALI, "/entries/new"),
    "entry with a supplier": with_customer("مؤسسة الحليب الطازج", "/entries/new?kind=payment"),
    "sheet": a_sheet_over_the_account,
    "sheet refused": a_refused_sheet,
    "reversal": a_reversal,
    "dates": with_customer(SALMA, "/due"),
    "dates, none": with_customer("جديد لم يُكتب عليه", "/due"),
    "sheet, a named day": a_due_date_by_its_name,
    "promise": a_promise_over_the_due_list,
    "promise refused": a_refused_promise,
    "new plan": with_customer(SALMA, "/plans/new"),
    "new plan, seen": a_plan_seen_before_it_is_saved,
    "new plan refused": a_refused_plan,
    "plan": a_plan,
    "new customer": in_full("/customers/new"),
    "new customer refused": a_wrong_customer,
    "same name": the_same_name,
    "details": with_customer(ABU_ALI, "/edit"),
    "archive": with_customer(ABU_ALI, "/archive"),
    "carry over": with_customer(ABU_ALI, "/carry-over?q="),
    "more": in_full("/more"),
    "settings": in_full("/more/shop"),
    "country, begun": in_full("/more/country"),
    "country": in_clean("/more/country"),
    "book, clean": in_clean("/"),
    "due, nothing": in_clean("/due"),
    "due to suppliers, nothing": in_clean("/due/suppliers"),
    "choose, nobody": in_clean("/entries/new"),
    "account of a person": at("/account"),
    "passkeys, new": at("/account/passkeys/new"),
    "own number": at("/account/phone"),
    "recovery codes": at("/recovery-codes"),
    "verify": at("/verify"),
    "not found inside": in_full("/nowhere"),
}
PAGES = {**PUBLIC, **PRIVATE}


@pytest.fixture
def look(visit, shops: Shops) -> Callable[..., Phone]:
    def at_page(name: str, **options: Any) -> Phone:
        phone = visit(**options)
        phone.foreseen |= {401, 404, 422}
        if name in PRIVATE:
            phone.sign_in_as(shops.full.token)
        PAGES[name](phone, shops)
        return phone

    return at_page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_phone_thumb_and_eye(look, name):
    assert_it_fits(look(name, width=320, height=640).page)


@pytest.mark.parametrize(
    "name",
    ["book", "account", "entry", "due", "landing", "settings", "dates", "plan", "new plan, seen"],
)
def test_on_a_wide_screen_nothing_is_cut(look, name):
    page = probed(look(name, width=1280, height=800, has_touch=False).page)
    assert page.evaluate("probes.tooWide()") == []


def test_the_probes_see_what_is_wrong(look):
    page = probed(look("help").page)
    page.evaluate(WRONG)
    assert any("«x»" in small for small in page.evaluate("probes.tooSmall()"))
    assert any("«wide»" in wide for wide in page.evaluate("probes.tooWide()"))
    page.evaluate(AXE.read_text())
    assert "color-contrast" in str(page.evaluate("probes.axeFinds()")["violations"])
