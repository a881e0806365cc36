"""Goods of a debt go from a phone to the book and back, bounded."""

import pytest

from daftari.kernel.ids import new_id
from daftari.ledger.rules.goods import GoodsRow
from daftari.ledger.rules.kinds import Kind
from daftari.offline.pages import goods as pages
from daftari.offline.pages.goods import find_goods
from tests.book import open_book

GOODS = [["سكر", 1500, 625], ["شاي", 1000, 1250]]
SUM = 2188


@pytest.fixture
async def abu_ali(umm_salim) -> str:
    return await umm_salim.shop_client.add("أبو علي")


async def test_goods_come_from_the_phone_and_go_back_to_it(umm_salim, abu_ali):
    debt = umm_salim.debt(abu_ali, SUM, goods=GOODS)
    assert await umm_salim.send(debt, umm_salim.debt(abu_ali)) == ["written", "written"]
    bare, entry = (await umm_salim.seen(abu_ali))["lines"]
    assert (entry["amount_minor"], entry["goods"]) == (SUM, GOODS)
    assert "goods" not in bare
    page = (await umm_salim.shop_client.get(f"/entries/{debt['id']}")).text
    assert "سكر" in page
    frequent = (await umm_salim.snapshot())["shop"]["goods"]
    assert frequent == [["سكر", 625, "SAR"], ["شاي", 1250, "SAR"]]


async def test_the_same_item_is_known_and_other_goods_a_conflict(umm_salim, abu_ali):
    debt = umm_salim.debt(abu_ali, SUM, goods=GOODS)
    assert await umm_salim.send(debt) == ["written"]
    assert await umm_salim.send(debt) == ["known"]
    other = debt | {"goods": [["أرز", 1500, 625], GOODS[1]]}
    assert await umm_salim.send(other) == ["conflict entry_conflict"]


async def test_a_phone_and_a_page_that_say_the_same_are_one_entry(umm_salim, abu_ali):
    debt = umm_salim.debt(abu_ali, SUM, goods=GOODS)
    assert await umm_salim.send(debt) == ["written"]
    typed = {"goods_name_1": "سكر", "goods_quantity_1": "1.500", "goods_price_1": "6.25"}
    typed |= {"goods_name_2": "شاي", "goods_price_2": "12.5", "currency": "SAR"}
    answer = await umm_salim.shop_client.write(abu_ali, "debt", "", id=debt["id"], **typed)
    assert answer.status_code == 303


async def test_an_item_that_does_not_add_up_is_refused_by_name(umm_salim, abu_ali):
    for wrong, reason in (
        ({"amount_minor": 2187}, ("amount_not_sum_of_goods", "amount")),
        ({"goods": [["", 1000, 5]]}, ("goods_name_missing", "goods_name_1")),
        ({"goods": [["ع" * 61, 1000, 5]]}, ("words_too_long", "goods_name_1")),
        ({"goods": [["سكر", 0, 5]]}, ("quantity_not_positive", "goods_quantity_1")),
        ({"goods": [["سكر", -1000, 5]]}, ("quantity_not_positive", "goods_quantity_1")),
        ({"goods": [["سكر", 10**9, 5]]}, ("quantity_too_large", "goods_quantity_1")),
        ({"goods": [["سكر", 1000, 0]]}, ("amount_zero", "goods_price_1")),
        ({"goods": [["سكر", 1000, -5]]}, ("amount_negative", "goods_price_1")),
        ({"goods": [["سكر", 1000, 10**15]]}, ("amount_too_large", "goods_price_1")),
        ({"goods": [["سكر", 1, 1]]}, ("amount_zero", "amount")),
        ({"goods": [["سكر", 1000, 5]] * 31}, ("too_many_goods", "form")),
        ({"kind": "payment"}, ("goods_of_no_debt", "form")),
        ({"goods": [["سكر", "2", 5]]}, ("item_not_clear", "form")),
        ({"goods": [["سكر", 1000]]}, ("item_not_clear", "form")),
        ({"goods": "سكر"}, ("item_not_clear", "form")),
    ):
        debt = umm_salim.debt(abu_ali, SUM, goods=GOODS) | wrong
        (verdict,) = (await umm_salim.sync(debt))["answers"]
        told = verdict["answer"], verdict["reason"], verdict.get("field")
        assert told == ("refused", *reason), wrong
    assert "lines" not in await umm_salim.seen(abu_ali)


async def test_a_correction_from_the_phone_keeps_goods_changes_them_or_takes_them_out(
    umm_salim, abu_ali
):
    debt = umm_salim.debt(abu_ali, SUM, goods=GOODS)
    assert await umm_salim.send(debt) == ["written"]

    async def correct(entry: str, answer: str, **said: object) -> str:
        ids = {"entry_id": entry, "reversal_id": new_id()}
        item = umm_salim.item("correct_entry", **ids, **said)
        assert await umm_salim.send(item) == [answer]
        return str(item["id"])

    async def standing(entry: str) -> tuple[int, object]:
        lines = (await umm_salim.seen(abu_ali))["lines"]
        (found,) = [line for line in lines if line["id"] == entry]
        return found["amount_minor"], found.get("goods")

    noted = await correct(debt["id"], "written", note="للبيت")
    assert await standing(noted) == (SUM, GOODS)
    await correct(noted, "refused amount_not_sum_of_goods", amount_minor=2000)
    await correct(noted, "refused correction_same", goods=GOODS)
    fewer = await correct(noted, "written", amount_minor=938, goods=GOODS[:1])
    assert await standing(fewer) == (938, GOODS[:1])
    same_sum = await correct(fewer, "written", goods=[["أرز", 1500, 625]])
    assert await standing(same_sum) == (938, [["أرز", 1500, 625]])
    bare = await correct(same_sum, "written", goods=[])
    assert await standing(bare) == (938, None)
    assert await standing(debt["id"]) == (SUM, GOODS)


def test_the_last_price_and_the_last_spelling_of_what_is_sold_often_come_first():
    with open_book() as book:
        abu_ali = book.customer()

        def gives(*rows: GoodsRow, currency: str = "SAR") -> None:
            total = sum(row.total_minor for row in rows)
            book.entry(abu_ali, Kind.DEBT, total, goods=rows, currency=currency)

        gives(GoodsRow("سكّر", 1000, 500), GoodsRow("شاي", 1000, 1200))
        gives(GoodsRow("سكر", 2000, 625))
        gives(GoodsRow("سكر", 1000, 200), currency="USD")
        gives(GoodsRow("ملح", 1000, 100))
        found = [
            (one.name, one.price_minor, one.currency) for one in book.write(find_goods).frequent
        ]
    assert found == [
        ("سكر", 625, "SAR"),
        ("ملح", 100, "SAR"),
        ("سكر", 200, "USD"),
        ("شاي", 1200, "SAR"),
    ]


def test_what_a_phone_gets_of_goods_is_bounded(monkeypatch):
    monkeypatch.setattr(pages, "ROWS", 5)
    monkeypatch.setattr(pages, "FREQUENT", 2)
    with open_book() as book:
        abu_ali = book.customer()
        rows = tuple(GoodsRow(f"صنف {number}", 1000, 100) for number in range(3))
        for _ in range(3):
            book.entry(abu_ali, Kind.DEBT, 300, goods=rows)
            book.entry(abu_ali, Kind.DEBT, 100)
        found = book.write(find_goods)
    assert [len(found.of(sequence) or ()) for sequence in (6, 5, 4)] == [0, 3, 0]
    assert [found.of(sequence) for sequence in (3, 2, 1)] == [None, (), None]
    assert len(found.frequent) == 2
