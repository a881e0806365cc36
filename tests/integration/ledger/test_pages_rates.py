"""The rates by which a credit limit counts other currencies, typed by the owner."""

import pytest

from tests.integration.ledger.shop_client import errors, plain, text_of, value_of

TAGS = "standing"


async def save(shop_client, **typed):
    return await shop_client.post("/more/rates", **typed)


async def test_a_rate_is_shown_as_typed_with_its_day(umm_salim, clock):
    blank = await umm_salim.get("/more/rates")
    assert [value_of(blank, f"rate_{code}") for code in ("USD", "EUR")] == ["", ""]
    assert 'name="rate_SAR"' not in blank.text
    assert (await save(umm_salim, rate_USD="3.75", seen_USD="")).status_code == 303
    page = await umm_salim.get("/more/rates")
    assert value_of(page, "rate_USD") == value_of(page, "seen_USD") == "3.75"
    assert "كُتب في 23/11/2026" in plain(page.text)
    clock.move(days=1)
    await save(umm_salim, rate_USD="3.80", seen_USD="3.75")
    assert "كُتب في 24/11/2026" in plain((await umm_salim.get("/more/rates")).text)
    await save(umm_salim, rate_USD="", seen_USD="3.8")
    assert "كُتب في" not in (await umm_salim.get("/more/rates")).text


async def test_an_old_page_takes_back_no_newer_rate(umm_salim):
    await save(umm_salim, rate_USD="3.75", seen_USD="")
    await save(umm_salim, rate_USD="", seen_USD="", rate_EUR="4.1", seen_EUR="")
    page = await umm_salim.get("/more/rates")
    assert [value_of(page, f"rate_{code}") for code in ("USD", "EUR")] == ["3.75", "4.1"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("0", "rate_not_positive"),
        ("-1", "rate_not_positive"),
        ("3.751234567891", "rate_too_many_decimals"),
        ("كثير", "rate_not_a_number"),
    ],
)
async def test_a_rate_that_cannot_be_is_refused_beside_its_field(umm_salim, typed, reason):
    refused = await save(umm_salim, rate_USD=typed, seen_USD="", rate_EUR="4", seen_EUR="")
    assert (refused.status_code, errors(refused)) == (422, [reason])
    assert value_of(refused, "rate_USD") == typed
    assert value_of(refused, "rate_EUR") == "4"
    assert text_of(refused, "rate_USD-error")
    assert value_of(await umm_salim.get("/more/rates"), "rate_EUR") == ""


async def test_rates_are_the_owners(umm_salim, karim, huda):
    assert (await karim.get("/more/rates")).status_code == 404
    assert (await save(karim, rate_USD="1")).status_code == 404
    await save(umm_salim, rate_USD="3.75")
    assert value_of(await huda.get("/more/rates"), "rate_USD") == ""


async def test_the_limit_counts_dollars_by_the_rate_or_says_that_it_does_not(umm_salim, karim):
    abu_ali = await umm_salim.add(credit_limit="1000")
    await karim.wrote(abu_ali, "debt", "500", currency="USD")
    assert "لا يحسب السقف: دولار أمريكي" in text_of(await umm_salim.account(abu_ali), TAGS)
    sheet = await karim.get(f"/customers/{abu_ali}/entries/new")
    assert "data-rate" not in sheet.text.split('value="USD"')[1].split("</option>")[0]
    await save(umm_salim, rate_USD="3.75")
    standing = text_of(await umm_salim.account(abu_ali), TAGS)
    assert "لا يحسب السقف" not in standing
    assert "تجاوز" in standing
    refused = await karim.write(abu_ali, "debt", "1")
    assert errors(refused) == ["beyond_credit_limit"]
    assert "1,000.00" in text_of(refused, "amount-error")
    assert 'data-rate="375000000"' in (await karim.get(f"/customers/{abu_ali}/entries/new")).text
    snapshot = (await karim.get("/snapshot")).json()
    assert snapshot["shop"]["rates"] == {"USD": 375000000}


async def test_a_limit_of_nothing_is_a_limit(umm_salim, karim):
    abu_ali = await umm_salim.add(credit_limit="0")
    assert value_of(await umm_salim.get(f"/customers/{abu_ali}/edit"), "credit_limit") == "0.00"
    assert "لا دَين له" in text_of(await umm_salim.account(abu_ali), TAGS)
    for currency in ("SAR", "USD"):
        refused = await karim.write(abu_ali, "debt", "0.01", currency=currency)
        assert errors(refused) == ["beyond_credit_limit"]
    await karim.wrote(abu_ali, "payment", "5")
    await karim.wrote(abu_ali, "debt", "5")
    free = await umm_salim.add("بلا سقف", credit_limit="")
    assert "لا دَين له" not in text_of(await umm_salim.account(free), TAGS)
    await karim.wrote(free, "debt", "5000")
