"""The book's list: everybody in it once, in any order, found by any way of writing the name."""

import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from litestar import Litestar
from sqlalchemy import Engine, event

from daftari.customers.actions import add_customer
from daftari.customers.rules import Details
from daftari.customers.rules.commands import AddCustomer
from daftari.db.base import WriteTx
from daftari.identity.rules import Member
from daftari.identity.store.access import find_member
from daftari.kernel.ids import new_id
from daftari.ledger.actions import record_entry
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.store.listing import FILTERS, SORTS
from tests.integration.conftest import NOW
from tests.integration.ledger.shop_client import HTMX, ShopClient, more_href, names, rows, text_of

SEARCHES = json.loads((Path(__file__).parents[2] / "cases" / "searches.json").read_text())
Fill = Callable[..., Awaitable[None]]


@pytest.fixture
def fill(app: Litestar, umm_salim: ShopClient) -> Fill:
    """`await fill(n)`: so many more customers, of every standing, with ties in every order."""

    async def many(count: int) -> None:
        await app.state.shops.write(shop_id, _fill, await member_of(app, umm_salim), count)

    shop_id = umm_salim.home.split("/")[2]
    return many


async def member_of(app: Litestar, shop_client: ShopClient) -> Member:
    digest = sha256(shop_client.browser.cookies[app.state.session_cookie].encode()).digest()
    shop_id = shop_client.home.split("/")[2]
    _, member = await app.state.control.read(find_member, digest, shop_id, NOW)
    assert member is not None
    return member


def _fill(tx: WriteTx, member: Member, count: int) -> None:
    for n in range(count):
        customer, name = new_id(), f"زبون {n % 7}"
        add_customer(
            tx, member, NOW, AddCustomer(customer, Details(name, f"رقم {n}"), same_name_ok=True)
        )
        for line in _lines_of(n):
            record_entry(tx, member, NOW, RecordEntry(new_id(), customer, *line))


def _lines_of(n: int) -> Iterator[tuple[object, ...]]:
    """Nothing written, owing, paid ahead, settled, owing in dollars; late, not yet, or undated."""
    day = NOW.date().replace(day=1 + n % 20)
    if n % 5 == 1:
        yield Kind.DEBT, 100 * (n % 3 + 1), "SAR", day, day
    if n % 5 == 2:
        yield Kind.PAYMENT, 500, "SAR"
    if n % 5 == 3:
        yield Kind.DEBT, 700, "SAR"
        yield Kind.PAYMENT, 700, "SAR"
    if n % 5 == 4:
        yield Kind.DEBT, 900, "USD", day


async def all_pages(shop_client: ShopClient, path: str, **headers: str) -> list[list[str]]:
    """The nicknames of each page, following «show more» to the end."""
    pages: list[list[str]] = []
    href: str | None = f"{shop_client.home}{path}"
    while href:
        answer = await shop_client.browser.get(href, headers=headers)
        assert answer.status_code == 200
        pages.append([re.findall(r"رقم (\d+)", row)[0] for row in rows(answer)])
        href = more_href(answer)
        assert len(pages) < 20
    return pages


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every SELECT and every write that reaches a file, from here on."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_the_empty_book_invites_the_first_customer(umm_salim):
    page = await umm_salim.get()
    assert f'href="{umm_salim.home}/customers/new"' in page.text
    assert names(page) == []
    assert "0.00" in text_of(page, "totals")


async def test_everybody_is_on_the_pages_once_in_every_order(umm_salim, fill):
    await fill(117)
    everybody = {str(n) for n in range(117)}
    for sort in SORTS:
        pages = await all_pages(umm_salim, f"/?sort={sort}")
        assert [len(page) for page in pages] == [50, 50, 17]
        counted = Counter(name for page in pages for name in page)
        assert set(counted) == everybody, sort
        assert set(counted.values()) == {1}, sort


async def test_htmx_gets_the_same_pages_as_the_plain_book(umm_salim, fill):
    await fill(60)
    assert await all_pages(umm_salim, "/?sort=name") == await all_pages(
        umm_salim, "/?sort=name", **HTMX
    )


async def test_every_filter_shows_its_own_and_together_they_show_all(umm_salim, fill):
    await fill(60)
    shown = {
        chosen: {name for page in await all_pages(umm_salim, f"/?filter={chosen}") for name in page}
        for chosen in FILTERS
    }
    of_kind = [{str(n) for n in range(60) if n % 5 == kind} for kind in range(5)]
    assert shown["all"] == {str(n) for n in range(60)}
    assert shown["owes"] == of_kind[1] | of_kind[4]
    assert shown["owed"] == of_kind[2]
    assert shown["settled"] == of_kind[3]
    assert shown["late"] == of_kind[1]


async def test_each_order_begins_where_it_says(umm_salim):
    for name, amount, due_on in (
        ("بدر", "10", "2026-11-20"),
        ("أنس", "300", ""),
        ("جمال", "20", "2026-11-10"),
    ):
        customer = await umm_salim.add(name)
        days = {"occurred_on": "2026-11-01", "due_on": due_on} if due_on else {}
        await umm_salim.wrote(customer, "debt", amount, **days)
    orders = {sort: names(await umm_salim.get(f"/?sort={sort}")) for sort in SORTS}
    assert orders["late"] == ["جمال", "بدر", "أنس"]
    assert orders["biggest"] == ["أنس", "جمال", "بدر"]
    assert orders["name"] == ["أنس", "بدر", "جمال"]


async def test_who_was_written_last_stands_first_among_the_newest(umm_salim, clock):
    for name in ("أول", "ثان", "ثالث"):
        await umm_salim.wrote(await umm_salim.add(name))
        clock.move(minutes=1)
    assert names(await umm_salim.get("/?sort=newest")) == ["ثالث", "ثان", "أول"]
    choose = await umm_salim.get("/entries/new")
    assert names(choose) == ["ثالث", "ثان", "أول"]


async def test_a_name_is_found_however_it_is_written(umm_salim):
    await umm_salim.add("أحمد عبدالله الغامدي", nickname="أبو فاروق", phone="0501234567")
    await umm_salim.add("فاطمة الزهراني")
    for typed in ("احمد", "أحمَد", "عبد الله", "ابو فاروق", "4567", "٤٥٦٧", "0501234567", "غامد"):
        assert names(await umm_salim.get("/", params={"q": typed})) == ["أحمد عبدالله الغامدي"]
    for typed in ("فاطمه", "الزهرانى", "فاطــمة"):
        assert names(await umm_salim.get("/", params={"q": typed})) == ["فاطمة الزهراني"]
    for typed in ("%", "_", "زيد", "' OR 1=1 --", "\\"):
        nobody = await umm_salim.get("/", params={"q": typed})
        assert (nobody.status_code, names(nobody)) == (200, [])


async def test_who_is_called_exactly_so_stands_first_on_every_page(umm_salim, fill):
    others = [f"ابو علي {n}" for n in range(60)]
    for name in ["أبو علي حسن", *others]:
        await umm_salim.wrote(await umm_salim.add(name), "debt", "5", due_on="2026-11-24")
    await umm_salim.add("سعد", nickname="أبوعلي")
    await umm_salim.add("ابو على")
    for typed in ("أبو علي", "ابوعلي"):
        first = await umm_salim.get("/", params={"q": typed})
        assert names(first)[:3] == ["ابو على", "سعد", "أبو علي حسن"]
        second = await umm_salim.browser.get(more_href(first))
        assert len(names(first)) == 50
        assert sorted(names(first) + names(second)) == sorted(
            ["سعد", "ابو على", "أبو علي حسن", *others]
        )


async def test_a_search_finds_whom_the_shared_table_says(umm_salim):
    for person in SEARCHES["people"]:
        await umm_salim.add(**person)
    for typed, expected in SEARCHES["found"]:
        assert names(await umm_salim.get("/", params={"q": typed})) == expected, typed
    assert len(names(await umm_salim.get("/", params={"q": "  "}))) == len(SEARCHES["people"])


async def test_the_same_name_is_asked_about_however_it_is_written(umm_salim):
    await umm_salim.add("أبو علي")
    await umm_salim.add("نورالدين")
    for typed in ("ابوعلي", "نور الدين"):
        asked = await umm_salim.post("/customers", id=new_id(), name=typed)
        assert asked.status_code == 422, typed
    other = await umm_salim.post("/customers", id=new_id(), name="أم علي")
    assert other.status_code == 303


async def test_words_of_notes_are_found_after_the_names(umm_salim):
    saad, huda, ali = [await umm_salim.add(name) for name in ("سعد", "هدى", "علي")]
    await umm_salim.add("سكر")
    await umm_salim.wrote(saad, note="سُكّر قديم")
    await umm_salim.wrote(saad, note="أرز وزيت وخبز ثم السكّر ٥ كيلو")
    await umm_salim.wrote(ali, taker="أبو سُكَّرة")
    await umm_salim.wrote(ali, note="خبز")
    await umm_salim.post(f"/customers/{huda}", name="هدى", note="جارة بيت السكر")
    found = await umm_salim.get("/?q=سكر")
    assert names(found)[0] == "سكر"
    assert sorted(names(found)[1:]) == ["سعد", "علي", "هدى"]
    assert "«<bdi>… وزيت وخبز ثم السكّر ٥ كيلو</bdi>»" in found.text
    assert "«<bdi>جارة بيت السكر</bdi>»" in found.text
    for typed, called in (("علي خبز", ["علي"]), ("خبز سكر", ["سعد", "علي"]), ("هدى خبز", [])):
        assert sorted(names(await umm_salim.get("/", params={"q": typed}))) == called
    assert names(await umm_salim.get("/?q=خ")) == []


async def test_a_changed_note_is_found_by_what_it_says_now(umm_salim):
    customer = await umm_salim.add("هدى", note="جارة المخبز")
    await umm_salim.wrote(customer)
    promised = await umm_salim.post(
        f"/customers/{customer}/promises",
        id=new_id(),
        amount="5",
        promised_on="2026-12-01",
        note="بعد الراتب",
    )
    assert promised.status_code == 303
    assert names(await umm_salim.get("/?q=الراتب")) == ["هدى"]
    assert names(await umm_salim.get("/?q=مخبز")) == ["هدى"]
    await umm_salim.post(f"/customers/{customer}", name="هدى", note="تسكن بعيدا")
    assert names(await umm_salim.get("/?q=مخبز")) == []
    assert names(await umm_salim.get("/?q=تسكن")) == ["هدى"]


async def test_a_search_in_notes_asks_no_more_of_the_file_for_many(umm_salim):
    async def asked() -> int:
        with statements() as seen:
            assert (await umm_salim.get("/?q=سكر")).status_code == 200
        return len(seen)

    await umm_salim.wrote(await umm_salim.add("سعد"), note="سكر")
    await asked()
    few = await asked()
    for n in range(12):
        await umm_salim.wrote(await umm_salim.add(f"زبون {n}"), note="سكر")
    assert await asked() == few


async def test_while_searching_the_totals_stay(umm_salim):
    for name, amount in (("أبو علي", "100"), ("سالم", "20.50")):
        await umm_salim.wrote(await umm_salim.add(name), "debt", amount)
    whole, searched = await umm_salim.get(), await umm_salim.get("/?q=سالم")
    assert text_of(whole, "totals") == text_of(searched, "totals")
    assert "120.50" in text_of(whole, "totals")
    assert names(searched) == ["سالم"]
    part = await umm_salim.get("/?q=سالم", headers=HTMX)
    assert "<html" not in part.text
    assert 'id="totals"' not in part.text
    assert names(part) == ["سالم"]


async def test_who_is_not_found_can_be_added_at_once(umm_salim):
    await umm_salim.add()
    page = await umm_salim.get("/", params={"q": "<سالم>"})
    link = page.text.split("customers/new?name=")[1].split('"')[0]
    form = await umm_salim.get(f"/customers/new?name={link}")
    assert 'value="&lt;سالم&gt;"' in form.text


async def test_totals_are_for_those_who_may_see_them(umm_salim, karim):
    await umm_salim.wrote(await umm_salim.add(), "debt", "777.25")
    assert "777.25" in text_of(await umm_salim.get(), "totals")
    page = await karim.get()
    assert page.status_code == 200
    assert "لي عند الناس" in (await umm_salim.get()).text
    assert "لي عند الناس" not in page.text


async def test_an_address_nobody_could_have_pressed_is_the_plain_book(umm_salim, fill):
    await fill(3)
    plain = names(await umm_salim.get())
    for query in ("sort=x", "filter=x", "after=x", "after=", "sort=&filter=&q=", "unknown=1"):
        assert names(await umm_salim.get(f"/?{query}")) == plain, query
    behind_nobody = await umm_salim.get(f"/?after={new_id()}")
    assert behind_nobody.status_code == 200


async def test_sixty_customers_ask_no_more_of_the_file_than_one(umm_salim, fill):
    await fill(5)
    abu_ali = await umm_salim.add()
    for amount in ("10", "20"):
        await umm_salim.wrote(abu_ali, "debt", amount, due_on="2026-11-23")
    await umm_salim.wrote(abu_ali, "payment", "25")
    pages = ("/", "/?sort=name&q=زبون", "/due", "/entries/new", f"/customers/{abu_ali}")
    few = {page: await _asked(umm_salim, page) for page in pages}
    await fill(60)
    for n in range(40):
        kind, amount = ("payment", "30") if n % 4 == 3 else ("debt", "9")
        await umm_salim.wrote(abu_ali, kind, amount, due_on="" if n % 4 == 3 else "2026-11-23")
    for page in pages:
        assert 0 < few[page] == await _asked(umm_salim, page), page


async def _asked(shop_client: ShopClient, page: str) -> int:
    await shop_client.get(page)
    with statements() as seen:
        assert (await shop_client.get(page)).status_code == 200
    return len(seen)
