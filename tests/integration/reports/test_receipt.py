"""The receipt of an entry on paper: its sizes, what it tells, and for whom there is none."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from daftari.kernel.ids import new_id


async def receipt(shop_client, entry: str, paper: str = ""):
    query = f"?paper={paper}" if paper else ""
    return await shop_client.get(f"/entries/{entry}/receipt.pdf{query}")


@pytest.mark.parametrize(("paper", "width"), [("", 105), ("a6", 105), ("80", 80), ("58", 58)])
async def test_a_receipt_fits_its_paper(umm_salim, paper, width):
    customer = await umm_salim.add("أبو علي")
    entry = await umm_salim.wrote(customer, "payment", "1234.50", method="cash", note="=خبز")
    answer = await receipt(umm_salim, entry, paper)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    name = unquote(answer.headers["content-disposition"].split("UTF-8''")[1])
    assert name == "إيصال-أبو-علي-2026-11-23.pdf"
    (page,) = PdfReader(BytesIO(answer.content)).pages
    assert round(float(page.mediabox.width) / 72 * 25.4) == width
    text = page.extract_text()
    assert text.count("1,234.50") == 2
    assert "23/11/2026" in text


async def test_goods_stand_on_the_receipt(umm_salim):
    customer = await umm_salim.add()
    goods = {"goods_name_1": "خبز", "goods_quantity_1": "3", "goods_price_1": "2.50"}
    entry = await umm_salim.wrote(customer, "debt", "", **goods)
    (page,) = PdfReader(BytesIO((await receipt(umm_salim, entry)).content)).pages
    assert "2.50" in page.extract_text()
    assert "7.50" in page.extract_text()


async def test_there_is_none_of_what_is_reversed_nor_for_strangers(umm_salim, viewer, huda):
    customer = await umm_salim.add()
    entry = await umm_salim.wrote(customer)
    for stranger in (viewer, huda):
        assert (await receipt(stranger, entry)).status_code == 404
    assert (await receipt(umm_salim, new_id())).status_code == 404
    assert (await receipt(umm_salim, entry, "a4")).status_code == 404
    assert "receipt.pdf?paper=58" in (await umm_salim.get(f"/entries/{entry}")).text
    reversal = new_id()
    await umm_salim.reverse(entry, id=reversal)
    for gone in (entry, reversal):
        assert (await receipt(umm_salim, gone)).status_code == 404
        assert "receipt.pdf" not in (await umm_salim.get(f"/entries/{gone}")).text
