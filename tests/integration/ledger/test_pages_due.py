"""The due list: late, today, this week, later; by the shop's own calendar day."""

import re

import httpx
import pytest

from tests.integration.ledger.shop_client import SETTINGS, ShopClient, plain, text_of

LATE, TODAY, WEEK, LATER = "متأخر", "اليوم", "هذا الأسبوع", "لاحقًا"


def groups(answer: httpx.Response) -> dict[str, list[str]]:
    """The names under each heading, in order."""
    parts = re.split(r'<h2 class="rows-group[^>]*>(.*?)</h2>', answer.text)[1:]
    return {
        title.strip(): [
            plain(name) for name in re.findall(r'(?s)class="row-name">(.*?)</span>', body)
        ]
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    }


def sums(answer: httpx.Response) -> dict[str, str]:
    """All that is due by today, by currency."""
    found = re.findall(r'(?s)<b data-sum="(\w+)"><bdi[^>]*>(.*?)</bdi>', answer.text)
    return dict(found)


async def due(shop_client: ShopClient) -> dict[str, list[str]]:
    return groups(await shop_client.get("/due"))


@pytest.fixture
async def debts(umm_salim: ShopClient) -> None:
    """One debt each, due on the border of every group as it is on 23 November."""
    for name, day in (
        ("اليوم", "2026-11-23"),
        ("غدا", "2026-11-24"),
        ("بعد سبعة", "2026-11-30"),
        ("بعد ثمانية", "2026-12-01"),
    ):
        customer = await umm_salim.add(name)
        await umm_salim.wrote(customer, "debt", "10", due_on=day)
    await umm_salim.wrote(await umm_salim.add("بلا موعد"), "debt", "10")


async def test_each_debt_stands_in_its_group_and_moves_on_with_the_days(umm_salim, clock, debts):
    assert await due(umm_salim) == {
        TODAY: ["اليوم"],
        WEEK: ["غدا", "بعد سبعة"],
        LATER: ["بعد ثمانية"],
    }
    clock.move(days=1)
    assert await due(umm_salim) == {
        LATE: ["اليوم"],
        TODAY: ["غدا"],
        WEEK: ["بعد سبعة", "بعد ثمانية"],
    }
    clock.move(days=29)
    assert await due(umm_salim) == {LATE: ["اليوم", "غدا", "بعد سبعة", "بعد ثمانية"]}


async def test_the_day_ends_at_midnight_of_the_shop(umm_salim, clock, debts):
    """09:00 UTC is noon in Riyadh: the day turns twelve hours later."""
    clock.move(hours=11, minutes=59)
    assert TODAY in await due(umm_salim)
    assert LATE not in await due(umm_salim)
    clock.move(minutes=2)
    assert (await due(umm_salim))[LATE] == ["اليوم"]
    answer = await umm_salim.post("/more/shop", **{**SETTINGS, "zone": "Africa/Casablanca"})
    assert answer.status_code == 303
    assert LATE not in await due(umm_salim)
    clock.move(hours=3)
    assert (await due(umm_salim))[LATE] == ["اليوم"]


async def test_an_entry_of_the_evening_belongs_to_the_shops_day(umm_salim, clock):
    clock.move(hours=12, minutes=30)
    abu_ali = await umm_salim.add(due_days="1")
    await umm_salim.wrote(abu_ali)
    assert "25/11" in (await umm_salim.entries(abu_ali))[0]
    tomorrow = await umm_salim.write(abu_ali, "debt", "1", occurred_on="2026-11-24")
    assert tomorrow.status_code == 303


async def test_the_bar_counts_who_is_due_and_the_book_says_how_late(umm_salim, clock, debts):
    count = re.compile(r'class="count"[^>]*>\s*(\d+)')
    assert count.findall((await umm_salim.get()).text) == ["1"]
    clock.move(days=12)
    book = await umm_salim.get("/?filter=late")
    assert count.findall(book.text) == ["4"]
    assert "متأخر 12 يومًا" in book.text
    assert "متأخر 4 أيام" in book.text


async def test_what_is_paid_is_not_due(umm_salim, debts):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "10", due_on="2026-11-23")
    await umm_salim.wrote(abu_ali, "debt", "5", due_on="2026-12-20")
    assert (await due(umm_salim))[TODAY] == ["اليوم", "أبو علي"]
    await umm_salim.wrote(abu_ali, "payment", "10")
    assert (await due(umm_salim))[LATER] == ["بعد ثمانية", "أبو علي"]
    await umm_salim.wrote(abu_ali, "payment", "5")
    assert "أبو علي" not in str(await due(umm_salim))


async def test_what_we_owe_suppliers_is_a_list_of_its_own(umm_salim, clock):
    flour, milk = [
        await umm_salim.add(name, role="supplier") for name in ("مطاحن الشمال", "مؤسسة الحليب")
    ]
    await umm_salim.wrote(flour, "debt", "300", due_on="2026-11-23")
    await umm_salim.wrote(milk, "debt", "80", due_on="2026-11-25")
    page = await umm_salim.get("/due/suppliers")
    assert groups(page) == {TODAY: ["مطاحن الشمال"], WEEK: ["مؤسسة الحليب"]}
    assert "له" in page.text
    assert "300.00" in page.text
    clock.move(days=1)
    later = await umm_salim.get("/due/suppliers")
    assert groups(later) == {LATE: ["مطاحن الشمال"], WEEK: ["مؤسسة الحليب"]}
    await umm_salim.wrote(flour, "payment", "300")
    assert groups(await umm_salim.get("/due/suppliers")) == {WEEK: ["مؤسسة الحليب"]}


async def test_a_supplier_is_not_among_the_late_in_badge_filter_and_list(umm_salim, clock):
    flour = await umm_salim.add("مطاحن الشمال", role="supplier")
    await umm_salim.wrote(flour, "debt", "300", due_on="2026-11-23")
    clock.move(days=1)
    page = await umm_salim.get("/due")
    assert groups(page) == {}
    assert re.search(r'/due/suppliers"[^>]*>[^<]*<b>1</b>', page.text)
    assert badge(page) == ""
    assert "مطاحن الشمال" not in text_of(await umm_salim.get("/?filter=late"), "list")
    assert "مطاحن الشمال" in text_of(await umm_salim.get("/?filter=owed"), "list")
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "5", due_on="2026-11-24")
    assert badge(await umm_salim.get("/due")) == "1"


def badge(answer: httpx.Response) -> str:
    """The number beside «due» in the bottom bar."""
    found = re.search(r'(?s)id="due-count"[^>]*>(.*?)</', answer.text)
    assert found
    return plain(found[1])


async def test_everybody_due_is_on_the_pages_once(umm_salim):
    for n in range(57):
        customer = await umm_salim.add(f"زبون {n}")
        await umm_salim.wrote(customer, "debt", "1", due_on=f"2026-12-{n % 4 + 1:02}")
    seen, path = [], "/due"
    while path:
        page = await umm_salim.get(path)
        seen += [name for part in groups(page).values() for name in part]
        more = re.search(r'class="rows-more" href="[^"?]*(/due[^"]*)"', page.text)
        path = more[1] if more else ""
    assert len(seen) == len(set(seen)) == 57


async def test_an_empty_due_list_says_so(umm_salim):
    page = await umm_salim.get("/due")
    assert groups(page) == {}
    assert 'class="empty"' in page.text
    suppliers = await umm_salim.get("/due/suppliers")
    assert groups(suppliers) == {}
    assert "لا شيء عليك للموردين" in suppliers.text


async def test_all_that_is_due_by_today_stands_at_the_top_in_its_currency(umm_salim, debts):
    dollars = await umm_salim.add("بالدولار")
    await umm_salim.wrote(dollars, "debt", "7.50", currency="USD", due_on="2026-11-23")
    milk = await umm_salim.add("مؤسسة الحليب", role="supplier")
    await umm_salim.wrote(milk, "debt", "80", due_on="2026-11-23")
    assert sums(await umm_salim.get("/due")) == {"SAR": "10.00", "USD": "7.50"}
    assert sums(await umm_salim.get("/due/suppliers")) == {"SAR": "80.00"}
    await umm_salim.wrote(dollars, "payment", "5", currency="USD")
    assert sums(await umm_salim.get("/due")) == {"SAR": "10.00", "USD": "2.50"}


async def test_each_button_of_a_row_says_whom_it_is_about(umm_salim):
    abu_ali = await umm_salim.add(phone="0501234567")
    await umm_salim.wrote(abu_ali, "debt", "10", due_on="2026-11-23")
    page = await umm_salim.get("/due")
    actions = re.search(r'(?s)<div class="row-actions">(.*?)</div>', page.text)
    assert actions
    names = [plain(one) for one in re.findall(r"(?s)<a .*?</a>", actions[1])]
    assert len(names) == 4
    assert all(name.endswith("أبو علي") for name in names)


async def test_a_badge_counts_to_ninety_nine(umm_salim):
    for number in range(100):
        customer = await umm_salim.add(f"زبون {number}")
        await umm_salim.wrote(customer, "debt", "1", due_on="2026-11-23")
    badge = re.search(r'(?s)<span id="due-count".*?</span>', (await umm_salim.get()).text)
    assert badge
    assert 'data-known="100"' in badge[0]
    assert plain(badge[0]) == "99+"
