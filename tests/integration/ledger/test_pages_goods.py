"""A debt with its goods: typed in rows, shown on the entry's page, carried by a correction."""

import pytest

from daftari.kernel.ids import new_id
from daftari.ledger.jobs import verify_shop
from daftari.ledger.rules.fields import GOODS
from daftari.ledger.rules.goods import MOST_GOODS
from daftari.ledger.tables import entry_texts, goods
from tests.form_reader import FormReader
from tests.integration.ledger.shop_client import errors, plain, value_of

SUGAR = {"goods_name_1": "سكر", "goods_quantity_1": "1.5", "goods_price_1": "6.25"}
TEA = {"goods_name_2": "شاي", "goods_quantity_2": "", "goods_price_2": "١٢٫٥٠"}
BOTH = SUGAR | TEA


async def listed(umm_salim, entry: str) -> list[str]:
    """The goods on the page of an entry, each as it reads."""
    page = (await umm_salim.get(f"/entries/{entry}")).text
    if "data-goods-told" not in page:
        return []
    rows = page.split('class="goods-list"')[1].split("</ul>")[0].split("</li>")[:-1]
    return [" ".join(plain(row.split("<li>")[1]).split()) for row in rows]


async def proved(app, umm_salim):
    shop_id = umm_salim.home.split("/")[2]
    return (await verify_shop(app.state.shops, app.state.control, shop_id)).faults


async def corrected(umm_salim, entry: str, **typed: str):
    ids = {"id": new_id(), "reversal_id": new_id()}
    answer = await umm_salim.post(f"/entries/{entry}/correction", **ids, **typed)
    return answer, ids["id"]


async def test_the_amount_is_the_sum_of_the_goods(app, umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "", **BOTH)
    assert await listed(umm_salim, entry) == ["سكر 1.5 × 6.25 9.38", "شاي 1 × 12.50 12.50"]
    assert "21.88" in (await umm_salim.entries(abu_ali))[0]
    assert await proved(app, umm_salim) == ()


async def test_a_row_of_the_account_does_not_carry_goods(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "", **BOTH)
    (row,) = await umm_salim.entries(abu_ali)
    assert "21.88" in row
    assert "سكر" not in row


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"goods_name_1": " "}, "goods_name_missing"),
        ({"goods_name_1": "ع" * 61}, "words_too_long"),
        ({"goods_price_1": ""}, "price_missing"),
        ({"goods_price_1": "0"}, "amount_zero"),
        ({"goods_price_1": "6,25"}, "amount_ambiguous_separator"),
        ({"goods_quantity_1": "-1"}, "quantity_not_positive"),
        ({"goods_quantity_1": "كيلو"}, "quantity_not_a_number"),
        ({"goods_quantity_1": "1.23456"}, "quantity_too_many_decimals"),
        ({"goods_quantity_1": "1000000"}, "quantity_too_large"),
        ({"amount": "20"}, "amount_not_sum_of_goods"),
        ({"kind": "payment", "amount": "20"}, "goods_of_no_debt"),
        ({"goods_price_1": "9999999999999", "goods_quantity_1": "999"}, "amount_too_large"),
    ],
)
async def test_what_was_typed_wrong_is_told_and_nothing_typed_is_lost(umm_salim, typed, reason):
    abu_ali = await umm_salim.add()
    form = {"id": new_id(), "kind": "debt", "amount": "", "note": "للبيت"} | BOTH | typed
    answer = await umm_salim.post(f"/customers/{abu_ali}/entries", **form)
    assert (answer.status_code, errors(answer)) == (422, [reason])
    for field in form.keys() - {"kind"}:
        assert value_of(answer, field) == form[field], field
    wrong = [name for name in typed if name.startswith("goods_")]
    if len(wrong) == 1:
        assert f'id="{wrong[0]}-error"' in answer.text


async def test_the_sum_is_told_where_another_amount_was_typed(umm_salim):
    abu_ali = await umm_salim.add()
    answer = await umm_salim.write(abu_ali, "debt", "20", **BOTH)
    assert "مجموع البضاعة 21.88" in plain(answer.text)


async def test_without_a_script_rows_stand_ready_and_more_come_after_what_was_typed(umm_salim):
    abu_ali = await umm_salim.add()
    sheet = await umm_salim.get(f"/customers/{abu_ali}/entries/new")
    assert sheet.text.count("data-goods-row") - sheet.text.count("data-goods-rows") == 5
    answer = await umm_salim.write(abu_ali, "debt", "20", **BOTH)
    assert answer.text.count("data-goods-row") - answer.text.count("data-goods-rows") == 7


async def test_the_form_allows_what_the_reader_takes(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "", **SUGAR)
    for path in (f"/customers/{abu_ali}/entries/new", f"/entries/{entry}/correction"):
        page = await umm_salim.get(path)
        longest = FormReader(page.text).longest
        found = {name: longest[f"{name}_1"] for name in GOODS}
        assert found == {name: field.longest for name, field in GOODS.items()}
        assert f'data-most="{MOST_GOODS}"' in page.text


async def test_sent_again_is_one_entry_and_other_goods_are_a_conflict(umm_salim):
    abu_ali = await umm_salim.add()
    entry = {"id": new_id()} | BOTH
    for _ in range(2):
        assert (await umm_salim.write(abu_ali, "debt", "", **entry)).status_code == 303
    assert len(await umm_salim.entries(abu_ali)) == 1
    other = entry | {"goods_name_1": "أرز"}
    assert (await umm_salim.write(abu_ali, "debt", "", **other)).status_code == 409
    assert [row.split()[0] for row in await listed(umm_salim, entry["id"])] == ["سكر", "شاي"]


async def test_a_correction_carries_goods_over_changes_them_and_takes_them_out(app, umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "", **BOTH)
    form = await umm_salim.get(f"/entries/{entry}/correction")
    stood = {name: value_of(form, name) for name in BOTH}
    assert stood == BOTH | {"goods_quantity_2": "1", "goods_price_2": "12.50"}

    answer, noted = await corrected(umm_salim, entry, note="للبيت")
    assert answer.status_code == 303
    assert len(await listed(umm_salim, noted)) == 2

    answer, _ = await corrected(umm_salim, noted, amount="20", **stood)
    assert errors(answer) == ["amount_not_sum_of_goods"]
    answer, _ = await corrected(umm_salim, noted, amount="20")
    assert errors(answer) == ["amount_not_sum_of_goods"]
    answer, _ = await corrected(umm_salim, noted, amount="21.88", note="للبيت", **stood)
    assert errors(answer) == ["correction_same"]

    changed = stood | {"goods_quantity_1": "2"}
    answer, doubled = await corrected(umm_salim, noted, amount="21.88", **changed)
    assert answer.status_code == 303
    assert await listed(umm_salim, doubled) == ["سكر 2 × 6.25 12.50", "شاي 1 × 12.50 12.50"]
    assert "25.00" in (await umm_salim.entries(abu_ali))[0]

    swapped = stood | {"goods_quantity_1": "2", "goods_name_1": "أرز"}
    answer, renamed = await corrected(umm_salim, doubled, amount="25.00", **swapped)
    assert answer.status_code == 303
    assert (await listed(umm_salim, renamed))[0] == "أرز 2 × 6.25 12.50"

    answer, bare = await corrected(umm_salim, renamed, amount="25.00", **dict.fromkeys(stood, ""))
    assert answer.status_code == 303
    assert await listed(umm_salim, bare) == []
    assert "25.00" in (await umm_salim.entries(abu_ali))[0]
    assert len(await listed(umm_salim, entry)) == 2
    assert await proved(app, umm_salim) == ()


async def test_a_reversal_leaves_the_goods_where_they_are(app, umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "", **BOTH)
    await umm_salim.reverse(entry)
    assert len(await listed(umm_salim, entry)) == 2
    assert await proved(app, umm_salim) == ()


async def test_the_receipt_tells_the_goods(umm_salim):
    abu_ali = await umm_salim.add(
        phone="0501112233", consents="asked", agreed_whatsapp_receipt="yes", consent_how="in_person"
    )
    rows = {
        f"goods_{name}_{number}": text
        for number in range(1, 8)
        for name, text in (("name", f"صنف{number}"), ("quantity", "2"), ("price", "3"))
    }
    entry = await umm_salim.wrote(abu_ali, "debt", "", **rows)
    text = plain((await umm_salim.get(f"/entries/{entry}/receipt")).text)
    assert "بضاعة 2 × 3.00 = 6.00: صنف1" in text
    assert "صنف5" in text
    assert "صنف6" not in text
    assert "وصنفان آخران." in text


async def test_a_supplier_gives_goods_too(umm_salim):
    hamdan = await umm_salim.add("حمدان", role="supplier")
    entry = await umm_salim.wrote(hamdan, "debt", "", **SUGAR)
    assert await listed(umm_salim, entry) == ["سكر 1.5 × 6.25 9.38"]


async def test_goods_are_erased_with_the_texts_of_their_entry(umm_salim, app):
    """As erasure does by the claims of the ledger: rows that leave, and nothing else."""
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "", **BOTH)

    def erase(tx):
        assert tx.execute(goods.delete()).rowcount == 2
        assert tx.execute(entry_texts.delete()).rowcount == 1

    await app.state.shops.write(umm_salim.home.split("/")[2], erase)
    assert await listed(umm_salim, entry) == []
    assert await proved(app, umm_salim) == ()
