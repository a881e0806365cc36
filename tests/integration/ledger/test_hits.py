"""The line above the list: how many are in it, and what it comes to."""

import pytest

from tests.integration.ledger.shop_client import HTMX, ShopClient, text_of

LATE = "2026-11-22"


@pytest.fixture
async def counter(umm_salim: ShopClient) -> ShopClient:
    """Two who owe, one of them late, one who is owed, one settled, a supplier who waits."""
    late = await umm_salim.add("أبو علي")
    await umm_salim.wrote(late, "debt", "100", occurred_on="2026-11-01", due_on=LATE)
    await umm_salim.wrote(late, "debt", "20")
    await umm_salim.wrote(await umm_salim.add("سالم"), "debt", "7.50", currency="USD")
    await umm_salim.wrote(await umm_salim.add("هدى"), "payment", "5")
    settled = await umm_salim.add("نورة")
    await umm_salim.wrote(settled, "debt", "3")
    await umm_salim.wrote(settled, "payment", "3")
    supplier = await umm_salim.add("مؤسسة الحليب", role="supplier")
    await umm_salim.wrote(supplier, "debt", "40", occurred_on="2026-11-01", due_on=LATE)
    return umm_salim


SAID = {
    "/?filter=late": "زبون واحد المتأخر 100.00",
    "/?filter=owes": "زبونان لي 120.00 7.50 $ المتأخر 100.00",
    "/?filter=owed": "زبون واحد مورّد واحد عليّ 45.00",
    "/?filter=settled": "زبون واحد",
    "/?q=أبو": "زبون واحد لي 120.00 المتأخر 100.00",
    "/?q=س&filter=owes": "زبون واحد لي 7.50 $",
}


async def test_each_filter_and_search_says_how_many_and_how_much(counter):
    assert {path: text_of(await counter.get(path), "hits") for path in SAID} == SAID
    part = await counter.get("/?q=أبو", headers=HTMX)
    assert text_of(part, "hits") == SAID["/?q=أبو"]


async def test_the_whole_list_says_how_many_and_what_is_late_below_its_totals(counter):
    for path in ("/", "/?q=%20", "/?sort=name"):
        assert text_of(await counter.get(path), "hits") == "4 زبائن مورّد واحد المتأخر 100.00"


async def test_the_next_page_of_a_list_is_not_counted_again(counter):
    page = await counter.get(f"/?after={await counter.add('ياسر')}")
    assert page.status_code == 200
    assert 'id="hits"' not in page.text


async def test_an_archived_account_is_counted_among_the_archived_only(counter):
    settled = await counter.add("مسافر")
    assert (await counter.post(f"/customers/{settled}/archive")).status_code == 303
    assert text_of(await counter.get("/?filter=settled"), "hits") == "زبون واحد"
    assert text_of(await counter.get("/?filter=archived"), "hits") == "زبون واحد"


async def test_where_nobody_is_found_nothing_is_counted(counter):
    for path in ("/?q=غائب", "/?filter=archived"):
        assert 'id="hits"' not in (await counter.get(path)).text
    assert 'id="hits"' not in (await counter.get("/entries/new")).text


async def test_sums_are_for_those_who_may_see_totals(counter, karim):
    said = [text_of(await karim.get(path), "hits") for path in ("/?filter=owes", "/?q=أبو")]
    assert said == ["زبونان", "زبون واحد"]
    assert text_of(await karim.get("/"), "hits") == "4 زبائن مورّد واحد"


async def test_what_is_late_of_the_whole_book_follows_each_entry(counter):
    khalid = await counter.add("أبو خالد")
    await counter.wrote(khalid, "debt", "30", occurred_on="2026-11-01", due_on=LATE)
    assert "المتأخر 130.00" in text_of(await counter.get("/"), "hits")
    await counter.wrote(khalid, "payment", "12")
    assert "المتأخر 118.00" in text_of(await counter.get("/"), "hits")
