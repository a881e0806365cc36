"""The list as a file: what a spreadsheet opens, who may take it, and that it is told."""

import pytest

from daftari.identity.rules import Role
from daftari.kernel.csv_text import csv_rows
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import errors, hire, open_for

PAGE = "/more/activity.csv"


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


async def exported(shop_client, query: str = "") -> list[list[str]]:
    answer = await shop_client.get(PAGE + query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="activity-2026-11-23.csv"' in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv_rows(answer.text))


async def test_a_line_has_who_when_which_phone_and_both_values(umm_salim):
    entry = await umm_salim.wrote(await umm_salim.add("أبو علي"), "debt", "50", note="خبز")
    form = {"id": new_id(), "reversal_id": new_id(), "amount": "45", "note": "حليب"}
    answer = await umm_salim.post(f"/entries/{entry}/correction", **form)
    assert answer.status_code == 303, errors(answer)
    head, corrected, *_, opened = await exported(umm_salim)
    assert head[:3] == ["متى", "مَن", "من أي هاتف"]
    assert corrected == [
        "2026-11-23 12:00:00",
        "أم سليم",
        "هاتف Android",
        "التصحيحات",
        "تصحيح دَين أبو علي من 50.00 ر.س إلى 45.00 ر.س",
        "أبو علي",
        "ملاحظة: خبز",
        "ملاحظة: حليب",
        "",
    ]
    assert opened[4] == "فتح المحل في دفتري"


@pytest.mark.parametrize(
    "name", ["=1+1", "+966 50", "-5", "@SUM(A1)", "'=x", "'", "＝1", "أبو علي"]
)
async def test_a_formula_is_text_and_comes_back_equal(umm_salim, name):
    await umm_salim.add(name)
    answer = await umm_salim.get(PAGE + "?kind=customer")
    assert not [
        cell
        for line in answer.text.removeprefix("\ufeff").splitlines()
        for cell in line.split(",")
        if cell.strip('"').startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    ]
    _, line = list(csv_rows(answer.text))
    assert line[5] == name


async def test_a_long_list_is_whole_and_follows_the_filter(app, umm_salim, monkeypatch):
    monkeypatch.setattr("daftari.audit.routes._LINES_AT_ONCE", 7)
    abu_ali = await umm_salim.add("أبو علي")
    for number in range(1, 21):
        await umm_salim.wrote(abu_ali, "debt", str(number))
    amounts = [line[4].split(": ")[1] for line in (await exported(umm_salim, "?kind=debt"))[1:]]
    assert amounts == [f"{number}.00 ر.س" for number in range(20, 0, -1)]
    assert len(await exported(umm_salim)) == 1 + 20 + 2 + 2


async def test_an_export_stands_in_the_list_and_in_itself(umm_salim):
    await exported(umm_salim)
    again = await exported(umm_salim, "?kind=export")
    assert [line[4] for line in again[1:]] == ["تصدير «مَن فعل ماذا» إلى ملف"] * 2
    refused = await umm_salim.get(PAGE + "?from=yesterday")
    assert (refused.status_code, errors(refused)) == (422, ["refused", "date_not_a_date"])
    assert len(await exported(umm_salim, "?kind=export")) == 1 + 3


async def test_only_who_may_export_the_book_takes_it_out(app, browser, umm_salim):
    for role in (Role.MANAGER, Role.CASHIER, Role.VIEWER):
        person = await hire(app, browser(), umm_salim.home, role)
        assert (await person.get(PAGE)).status_code == 404
    assert f"{umm_salim.home}{PAGE}" in (await umm_salim.get("/more/activity")).text
