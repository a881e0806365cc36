"""The month's end, beside the list on a wide screen."""

import re
from datetime import date, timedelta

from daftari.ledger.rules.kinds import Kind
from daftari.ledger.store import month_end
from tests.book import open_book
from tests.integration.ledger.shop_client import ShopClient, text_of
from tests.integration.ledger.test_list_plans import plans_of
from tests.integration.ledger.test_pages_book import statements

TODAY = date(2026, 11, 23)


async def owes(client: ShopClient, name: str, amount: str, days_late: int, **more: str) -> str:
    customer = await client.add(name)
    day = (TODAY - timedelta(days=days_late)).isoformat()
    await client.wrote(customer, "debt", amount, occurred_on=day, due_on=day, **more)
    return customer


def figures(page: object, part: str) -> list[str]:
    text = getattr(page, "text", "").split(f'id="{part}"')[1].split("</section>")[0]
    found = re.findall(r"<tr.*?</tr>", text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


async def test_what_is_late_stands_by_its_age(umm_salim):
    for days, amount in ((1, "10"), (30, "5"), (31, "100"), (90, "7"), (91, "1"), (400, "2")):
        await owes(umm_salim, f"زبون {days}", amount, days)
    await owes(umm_salim, "بالدولار", "8", 45, currency="USD")
    await umm_salim.wrote(await umm_salim.add("اليوم"), "debt", "99", due_on=TODAY.isoformat())
    supplier = await umm_salim.add("مؤسسة الحليب", role="supplier")
    await umm_salim.wrote(supplier, "debt", "40", occurred_on="2026-06-01", due_on="2026-07-01")
    page = await umm_salim.get("/month-end")
    assert page.status_code == 200
    assert "<html" not in page.text
    assert figures(page, "by-age") == [
        "أيام التأخير الزبائن ريال سعودي",
        "من 1 إلى 30 2 15.00",
        "من 31 إلى 60 1 100.00",
        "من 61 إلى 90 1 7.00",
        "أكثر من 90 2 3.00",
        "المجموع 125.00",
        "أيام التأخير الزبائن دولار أمريكي",
        "من 1 إلى 30 0 0.00",
        "من 31 إلى 60 1 8.00",
        "من 61 إلى 90 0 0.00",
        "أكثر من 90 0 0.00",
        "المجموع 8.00",
    ]


async def test_the_ten_largest_debts_stand_in_their_order(umm_salim):
    for n in range(1, 13):
        await umm_salim.wrote(await umm_salim.add(f"زبون {n}"), "debt", str(n))
    page = await umm_salim.get("/month-end")
    assert figures(page, "largest") == [f"زبون {n} {n}.00" for n in range(12, 2, -1)]


async def test_today_holds_what_was_written_today_and_stands(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "50", occurred_on="2026-11-01")
    await umm_salim.wrote(abu_ali, "debt", "20")
    mistake = await umm_salim.wrote(abu_ali, "debt", "1000")
    await umm_salim.reverse(mistake)
    await umm_salim.wrote(abu_ali, "payment", "5")
    page = await umm_salim.get("/month-end")
    assert figures(page, "of-today") == ["أبو علي سداد 5.00", "أبو علي دَين 20.00"]
    said = page.text.split('class="month-end-sums"')[1].split("</p>")[0]
    assert "1,000" not in said
    assert "20.00" in said
    assert "5.00" in said


async def test_an_empty_book_says_so_calmly(umm_salim):
    text = (await umm_salim.get("/month-end")).text
    assert "لا أحد متأخر." in text
    assert "لم يُكتب شيء اليوم." in text


async def test_it_is_for_those_who_may_see_totals(umm_salim, karim):
    assert (await karim.get("/month-end")).status_code == 404
    assert "data-month-end" not in (await karim.get()).text
    await umm_salim.add()
    assert "data-month-end" in (await umm_salim.get()).text


async def test_it_asks_four_times_of_any_book(umm_salim):
    await umm_salim.get("/month-end")
    counts = []
    for n in range(2):
        await owes(umm_salim, f"زبون {n}", "10", 40 * n + 1)
        with statements() as seen:
            await umm_salim.get("/month-end")
        counts.append(len([one for one in seen if one.startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_ages_and_largest_debts_are_read_from_indexes():
    with open_book() as book:
        book.entry(book.customer(), Kind.DEBT, 100)
        late = plans_of(book, lambda tx: month_end.find_late_by_age(tx, TODAY))
        largest = plans_of(book, lambda tx: month_end.find_largest(tx, 10))
        today = plans_of(book, lambda tx: month_end.find_today(tx, TODAY, 10))
    assert "COVERING INDEX ix_open_items_due_on" in late[0]
    assert "INDEX ix_customers_balance_minor_id" in largest[0]
    assert not any("TEMP B-TREE" in step for step in largest)
    assert any("SEARCH entries USING PRIMARY KEY (sequence>?)" in step for step in today)
    assert not any(step.startswith("SCAN entries") for step in today)


async def test_the_words_of_a_wide_screen_are_a_fragment_of_their_own(umm_salim):
    part = await umm_salim.get("/desktop")
    assert part.headers["cache-control"] == "private, max-age=3600"
    assert 'id="keys"' in part.text
    assert "entries-head" in part.text
    for page in ("/", "/due"):
        whole = (await umm_salim.get(page)).text
        assert "entries-head" not in whole
        assert "desktop" not in whole
    account = await umm_salim.account(await umm_salim.add())
    assert "entries-head" not in account.text
    assert text_of(account, "standing")
