"""The form of a plan: seen before it is saved, and what is wrong beside its field."""

import re

import pytest

from daftari.kernel.ids import new_id
from tests.integration.ledger.plan_forms import TYPED, instalments, preview
from tests.integration.ledger.shop_client import (
    SETTINGS,
    ShopClient,
    errors,
    value_of,
)


@pytest.fixture
async def abu_ali(umm_salim: ShopClient) -> str:
    return await umm_salim.add()


async def test_every_instalment_is_seen_before_anything_is_written(umm_salim, abu_ali):
    blank = await umm_salim.get(f"/customers/{abu_ali}/plans/new")
    assert "اعرض الأقساط" in blank.text
    assert "سجّل هذه الأقساط" not in blank.text
    shown = await preview(umm_salim, abu_ali)
    assert instalments(shown) == [
        "1 الثلاثاء 1/12/2026 333.00",
        "2 الجمعة 1/1/2027 333.00",
        "3 الاثنين 1/2/2027 334.00",
    ]
    assert "سجّل هذه الأقساط" in shown.text
    assert value_of(shown, "amount") == "1000"
    assert await umm_salim.entries(abu_ali) == []


async def test_what_is_saved_is_what_was_seen(umm_salim, abu_ali):
    form = {"id": new_id(), **TYPED}
    unseen = await umm_salim.post(f"/customers/{abu_ali}/plans", **form)
    assert (unseen.status_code, errors(unseen)) == (422, ["plan_not_seen"])
    schedule = value_of(unseen, "schedule")
    changed = {**form, "count": "4", "schedule": schedule}
    other = await umm_salim.post(f"/customers/{abu_ali}/plans", **changed)
    assert (other.status_code, errors(other)) == (422, ["plan_not_seen"])
    assert len(instalments(other)) == 4
    assert await umm_salim.entries(abu_ali) == []
    done = await umm_salim.post(f"/customers/{abu_ali}/plans", **form, schedule=schedule)
    assert done.status_code == 303


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ({"count": "", "amount": ""}, ["amount_missing"]),
        ({"count": "ثلاثة"}, ["count_not_right"]),
        ({"each": "10"}, ["count_or_each"]),
        ({"paid_down": "x"}, ["amount_not_a_number"]),
        ({"first_on": ""}, ["date_missing"]),
        ({"every": "day"}, ["choice_unknown"]),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(umm_salim, abu_ali, typed, reasons):
    answer = await preview(umm_salim, abu_ali, **typed)
    assert (answer.status_code, errors(answer)) == (422, reasons)
    for field in ("amount", "count", "paid_down", "each"):
        assert value_of(answer, field) == {**TYPED, **typed}.get(field, "")


async def test_while_it_is_typed_the_preview_follows_and_complains_of_nothing(umm_salim, abu_ali):
    half = await preview(umm_salim, abu_ali, htmx=True, amount="")
    assert (half.status_code, errors(half)) == (200, [])
    assert half.text.lstrip().startswith('<p class="soft">')
    assert "اعرض الأقساط" in half.text
    whole = await preview(umm_salim, abu_ali, htmx=True)
    assert len(instalments(whole)) == 3
    assert "<html" not in whole.text


async def test_weeks_hijri_months_and_parts_of_a_size(umm_salim, abu_ali):
    weeks = await preview(umm_salim, abu_ali, every="week", count="", each="400")
    assert instalments(weeks) == [
        "1 الثلاثاء 1/12/2026 400.00",
        "2 الثلاثاء 8/12/2026 400.00",
        "3 الثلاثاء 15/12/2026 200.00",
    ]
    assert 'value="hijri_month"' not in weeks.text
    await umm_salim.post("/more/shop", **{**SETTINGS, "calendar": "hijri"})
    months = await preview(umm_salim, abu_ali, every="hijri_month", first_on="2026-12-10")
    assert [re.search(r"\((.*)\)", line)[1] for line in instalments(months)] == [
        "1 رجب",
        "1 شعبان",
        "1 رمضان",
    ]
    assert 'value="hijri_month" checked' in months.text


async def test_a_refused_plan_keeps_its_form_for_htmx_too(umm_salim, abu_ali):
    typed = TYPED | {"id": new_id(), "amount": "كثير", "schedule": "-"}
    answer = await umm_salim.post(f"/customers/{abu_ali}/plans", htmx=True, **typed)
    assert (answer.status_code, errors(answer)) == (422, ["amount_not_a_number"])
    assert value_of(answer, "amount") == "كثير"
