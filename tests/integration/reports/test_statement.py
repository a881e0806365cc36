"""The statement of an account over HTTP: page and files, who may take them, what is refused."""

import re
from io import BytesIO
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from daftari.kernel.csv_text import csv_rows
from daftari.kernel.ids import new_id
from daftari.ledger.jobs import find_code
from tests.integration.ledger.shop_client import errors, text_of

MONTH = "?from=2026-11-01&to=2026-11-30"
FILES = ("pdf", "csv", "xlsx")


async def statement(shop_client, customer: str, ending: str = "", query: str = ""):
    return await shop_client.get(f"/customers/{customer}/statement{ending}{query}")


async def abu_ali(umm_salim) -> str:
    """Owes 50 of October, 20 of November typed late, and paid 30 between."""
    customer = await umm_salim.add("أبو علي", phone="0501234567")
    await umm_salim.wrote(customer, "debt", "50", occurred_on="2026-10-05", note="خبز")
    await umm_salim.wrote(customer, "payment", "30", occurred_on="2026-11-10", method="cash")
    await umm_salim.wrote(customer, "debt", "20", occurred_on="2026-11-03", note="حليب")
    return customer


def words_of(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return re.sub(r"[\u2066-\u2069\u200e\u200f]", "", "\n".join(pages))


async def test_a_late_entry_stands_at_its_day_and_balances_follow_that_order(umm_salim):
    customer = await abu_ali(umm_salim)
    page = await statement(umm_salim, customer)
    assert page.status_code == 200
    rows = re.findall(r"(?s)<tr role=\"row\"(?: data-marked)?><td.*?</tr>", page.text)
    read = [re.findall(r'class="money" dir="ltr">([\d.]+)<', row) for row in rows]
    assert read == [["50.00", "50.00"], ["20.00", "70.00"], ["30.00", "40.00"]]
    assert "غطّى دَين 5/10/2026 (30.00)" in text_of(page, "statement")


async def test_a_period_begins_with_the_balance_before_it(umm_salim):
    customer = await abu_ali(umm_salim)
    lines = list(csv_rows((await statement(umm_salim, customer, ".csv", MONTH)).text))
    assert lines[1][2:3] + lines[1][8:10] == ["الرصيد السابق", "50.00", "عليك"]
    assert [line[8] for line in lines[2:4]] == ["70.00", "40.00"]
    assert lines[4][6:8] == ["20.00", "30.00"]
    assert lines[5][0] == "2026-11-23"
    assert lines[5][4] == "أربعون ريالًا سعوديًا"


async def test_page_and_files_tell_the_same_amounts(umm_salim):
    customer = await abu_ali(umm_salim)
    page = text_of(await statement(umm_salim, customer), "statement")
    pdf = words_of((await statement(umm_salim, customer, ".pdf")).content)
    table = await statement(umm_salim, customer, ".csv")
    for amount in ("50.00", "20.00", "30.00", "70.00", "40.00"):
        assert amount in page
        assert amount in pdf
        assert amount in table.text
    code = re.search(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}", page)
    assert code
    assert code[0] in pdf
    assert code[0] in table.text


async def test_the_proof_code_is_found_in_the_book_and_no_other_is(app, umm_salim):
    customer = await abu_ali(umm_salim)
    lines = list(csv_rows((await statement(umm_salim, customer, ".csv")).text))
    (code,) = [line[4] for line in lines if line[2] == "رمز الإثبات"]
    await umm_salim.wrote(customer, "debt", "1")
    shops, shop_id = app.state.shops, umm_salim.home.split("/")[2]
    assert await find_code(shops, shop_id, code) == 3
    assert await find_code(shops, shop_id, "0123-4567-89AB-CDEF") is None
    with pytest.raises(ValueError, match="no proof code"):
        await find_code(shops, shop_id, "0123")


@pytest.mark.parametrize("ending", FILES)
async def test_a_file_is_named_after_the_customer_and_the_month(umm_salim, ending):
    customer = await abu_ali(umm_salim)
    answer = await statement(umm_salim, customer, f".{ending}", MONTH)
    told = answer.headers["content-disposition"]
    assert f'attachment; filename="statement-2026-11.{ending}"' in told
    assert unquote(told.split("UTF-8''")[1]) == f"كشف-أبو-علي-2026-11.{ending}"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "@SUM(A1)", "+966", "-5", "\t=1+1", "'=x", "＝1"]
)
async def test_a_formula_in_a_name_or_a_note_is_text_and_comes_back_equal(umm_salim, name):
    customer = await umm_salim.add(name)
    await umm_salim.wrote(customer, "debt", "5", note=name)
    answer = await statement(umm_salim, customer, ".csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    cells = list(csv_rows(answer.text))
    assert [line[4] for line in cells if line[2] == "دَين"] == [name.strip()]
    assert [line[4] for line in cells if line[2] == "الزبون"] == [name.strip()]
    bare = [cell.strip('"') for line in answer.text.splitlines() for cell in line.split(",")]
    assert not [cell for cell in bare if cell.startswith(("=", "+", "-", "@", "\t", "＝"))]


@pytest.mark.parametrize(
    ("query", "reasons"),
    [
        ("?from=2026-11-05&to=2026-11-01", ["to_before_from"]),
        ("?from=2026-02-30", ["date_not_a_date"]),
        ("?to=yesterday", ["date_not_a_date"]),
        ("?from=2027-01-01", ["period_in_future"]),
        ("?period=tomorrow", ["choice_unknown"]),
    ],
)
async def test_a_period_that_is_none_is_refused_on_the_page(umm_salim, query, reasons):
    customer = await abu_ali(umm_salim)
    for ending in ("", *(f".{one}" for one in FILES)):
        answer = await statement(umm_salim, customer, ending, query)
        assert (answer.status_code, errors(answer)) == (422, reasons)
    assert "export_statement" not in (await umm_salim.get("/more/activity")).text


async def test_arabic_digits_are_days_too_and_an_empty_period_says_so(umm_salim):
    customer = await abu_ali(umm_salim)
    answer = await statement(umm_salim, customer, "", "?from=٢٠٢٦-٠٩-٠١&to=٢٠٢٦-٠٩-٣٠")
    assert answer.status_code == 200
    assert "لم يُكتب شيء في هذه الأيام" in answer.text
    for ending in FILES:
        file = await statement(umm_salim, customer, f".{ending}", "?from=2026-09-01&to=2026-09-30")
        assert file.status_code == 200


async def test_too_many_entries_are_refused_with_both_numbers(umm_salim, monkeypatch):
    monkeypatch.setattr("daftari.reports.pages.statement.MOST_ON_PAPER", 2)
    customer = await abu_ali(umm_salim)
    answer = await statement(umm_salim, customer)
    assert (answer.status_code, errors(answer)) == (422, ["statement_too_long"])
    assert "3" in text_of(answer, "statement")
    assert f"/customers/{customer}/statement.xlsx" in answer.text
    assert (await statement(umm_salim, customer, "", MONTH)).status_code == 200


async def test_since_the_last_zero_begins_after_it(umm_salim):
    customer = await umm_salim.add()
    await umm_salim.wrote(customer, "debt", "50", occurred_on="2026-09-05")
    await umm_salim.wrote(customer, "payment", "50", occurred_on="2026-09-08")
    await umm_salim.wrote(customer, "debt", "7", occurred_on="2026-10-02")
    page = await statement(umm_salim, customer, "", "?period=since_zero")
    assert 'name="from" type="date" value="2026-10-02"' in page.text
    assert "50.00" not in text_of(page, "statement")


async def test_a_reversal_and_a_correction_stand_as_on_the_account(umm_salim):
    customer = await umm_salim.add()
    wrong = await umm_salim.wrote(customer, "debt", "10", occurred_on="2026-11-02")
    await umm_salim.reverse(wrong)
    typo = await umm_salim.wrote(customer, "debt", "50", occurred_on="2026-11-03")
    form = {"id": new_id(), "reversal_id": new_id(), "amount": "45"}
    assert (await umm_salim.post(f"/entries/{typo}/correction", **form)).status_code == 303
    lines = list(csv_rows((await statement(umm_salim, customer, ".csv")).text))[1:4]
    assert [(line[2], line[3], line[6], line[7], line[8]) for line in lines] == [
        ("دَين", "مُلغى", "10.00", "", "10.00"),
        ("دَين", "صُحِّح", "45.00", "", "55.00"),
        ("إلغاء بقيد معاكس", "", "", "10.00", "45.00"),
    ]


async def test_currencies_are_never_added_up(umm_salim):
    customer = await abu_ali(umm_salim)
    await umm_salim.wrote(customer, "debt", "9", currency="USD")
    page = await statement(umm_salim, customer)
    assert page.text.count("data-currency-section") == 2
    lines = list(csv_rows((await statement(umm_salim, customer, ".csv")).text))
    closing = [(line[8], line[10]) for line in lines if line[2].startswith("الرصيد في")]
    assert closing == [("40.00", "SAR"), ("9.00", "USD")]


async def test_who_may_take_which_file(umm_salim, karim, viewer, huda):
    customer = await abu_ali(umm_salim)
    for person, allowed in ((umm_salim, FILES), (karim, ("pdf",)), (viewer, ())):
        page = await statement(person, customer)
        assert page.status_code == 200
        for ending in FILES:
            answer = await statement(person, customer, f".{ending}")
            assert answer.status_code == (200 if ending in allowed else 404)
            assert (f"statement.{ending}" in page.text) == (ending in allowed)
    for ending in ("", *(f".{one}" for one in FILES)):
        assert (await statement(huda, customer, ending)).status_code == 404
        assert (await statement(umm_salim, new_id(), ending)).status_code == 404


async def test_a_file_that_is_taken_out_is_told_as_an_export(umm_salim, karim):
    customer = await abu_ali(umm_salim)
    assert (await statement(karim, customer, ".pdf")).status_code == 200
    told = text_of(await umm_salim.get("/more/activity?kind=export"), "activity")
    assert "تصدير كشف حساب أبو علي إلى ملف: PDF" in told
    assert "كريم" in told
    assert "/alerts/" in (await umm_salim.get("/more/alerts")).text


async def test_on_the_counter_no_statement_is_reached(umm_salim):
    customer = await abu_ali(umm_salim)
    await umm_salim.post(f"/customers/{customer}/counter")
    for ending in ("", *(f".{one}" for one in FILES)):
        assert (await statement(umm_salim, customer, ending)).status_code in (303, 403, 404)


@pytest.mark.parametrize(
    "name",
    [
        "مُحَمَّدٌ الشَّيْخ",
        "أبو \u202eعلي\u202c",
        "أبو علي 🧔🏽",
        "س" * 80,
        'أ/ب\\ج "د" <ه>',
        "Abu Ali & Co #1",
    ],
)
async def test_a_name_leaves_the_amounts_in_place(umm_salim, name):
    customer = await umm_salim.add(name)
    await umm_salim.wrote(customer, "debt", "1234.50", note=name, taker=name)
    answer = await statement(umm_salim, customer, ".pdf")
    assert answer.content.startswith(b"%PDF-")
    assert words_of(answer.content).count("1,234.50") >= 4
    file = unquote(answer.headers["content-disposition"].split("UTF-8''")[1])
    assert not re.search(r'[\s/\\:*?"<>|#&\u202a-\u202e\u2066-\u2069]', file)
    assert len(file) < 80
