"""The reports over HTTP: who sees them, what they tell, what leaves as a file."""

import pytest

from tests.integration.ledger.shop_client import errors, text_of


async def wrote_today(umm_salim) -> str:
    customer = await umm_salim.add("أبو علي")
    await umm_salim.wrote(customer, "debt", "50")
    await umm_salim.wrote(customer, "payment", "20", method="cash")
    return customer


async def test_today_is_what_was_given_and_taken_today(umm_salim):
    await wrote_today(umm_salim)
    page = await umm_salim.get("/reports")
    assert page.status_code == 200
    told = text_of(page, "reports")
    assert "المُعطى 1 50.00" in told
    assert "المأخوذ 1 20.00" in told
    assert "زاد ما على زبائنك 2 30.00" in told
    assert "أبو علي 30.00" in told


async def test_what_is_reversed_counts_no_more_and_stands_by_who_reversed_it(umm_salim):
    customer = await umm_salim.add("أبو علي")
    entry = await umm_salim.wrote(customer, "debt", "50")
    await umm_salim.reverse(entry)
    told = text_of(await umm_salim.get("/reports"), "reports")
    assert "المُعطى 0 0.00" in told
    assert "أُلغي أو صُحِّح 1 50.00" in told


@pytest.mark.parametrize("ending", ["pdf", "csv", "xlsx"])
async def test_the_owner_takes_the_reports_out_and_a_seller_finds_none(umm_salim, karim, ending):
    await wrote_today(umm_salim)
    file = await umm_salim.get(f"/reports/summary.{ending}")
    assert file.status_code == 200
    assert (
        f'filename="reports-2026-11-23-2026-11-23.{ending}"' in file.headers["content-disposition"]
    )
    assert (await karim.get(f"/reports/summary.{ending}")).status_code == 404
    assert (await karim.get("/reports")).status_code == 404


async def test_days_that_are_none_are_answered_by_a_sentence_and_kept(umm_salim):
    page = await umm_salim.get("/reports?from=abc&to=2026-11-01")
    assert page.status_code == 422
    assert errors(page) == ["date_not_a_date"]
    assert 'value="abc"' in page.text
    assert 'value="2026-11-01"' in page.text
