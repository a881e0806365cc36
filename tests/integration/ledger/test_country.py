"""The currency of a book changes until the first entry, whatever is in flight meanwhile."""

import pytest

from daftari.identity.actions.shops import currencies_of
from daftari.kernel.clock import Clock
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.country import change_book_currency
from daftari.ledger.jobs import copy_heads
from daftari.ledger.rules.kinds import Kind
from tests.integration.ledger.shop_client import errors, value_of


async def in_control(installation, shop_id):
    return (await installation.databases.control.read(currencies_of, [shop_id]))[shop_id]


async def test_a_limit_is_the_same_number_in_the_new_currency(umm_salim):
    abu_ali = await umm_salim.add(credit_limit="500")
    await umm_salim.post("/more/country", country="KW", currency="KWD")
    page = await umm_salim.get(f"/customers/{abu_ali}/edit")
    assert value_of(page, "credit_limit") == "500.000"
    await umm_salim.post("/more/country", country="YE", currency="YER")
    page = await umm_salim.get(f"/customers/{abu_ali}/edit")
    assert value_of(page, "credit_limit") == "500"


async def test_what_is_refused_changes_nothing(umm_salim):
    abu_ali = await umm_salim.add(credit_limit="500")
    refused = await umm_salim.post("/more/country", country="XX", currency="KWD")
    assert errors(refused) == ["country_unknown"]
    page = await umm_salim.get(f"/customers/{abu_ali}/edit")
    assert value_of(page, "credit_limit") == "500.00"


async def test_an_entry_in_flight_is_counted_in_the_new_currency(installation):
    """Its sender still saw riyals: it is an entry in a foreign currency, and the book is right."""
    shop_id = await installation.new_shop()
    shops = installation.databases.shops
    abu_ali = await installation.customer(shop_id)
    await shops.write(shop_id, change_book_currency, "SAR", "KWD")
    await installation.entry(shop_id, abu_ali, Kind.DEBT, 700)
    proof = await installation.proof(shop_id)
    assert (proof.entries, proof.faults) == (1, ())


async def test_an_entry_before_the_change_refuses_it(installation, shop_id):
    shops = installation.databases.shops
    with pytest.raises(Refusal, match="book_has_begun"):
        await shops.write(shop_id, change_book_currency, "SAR", "KWD")
    assert (await installation.proof(shop_id)).faults == ()


async def test_a_change_that_was_cut_off_reaches_the_control_file(installation):
    shop_id = await installation.new_shop()
    shops, control = installation.databases.shops, installation.databases.control
    await shops.write(shop_id, change_book_currency, "SAR", "KWD")
    assert await in_control(installation, shop_id) == "SAR"
    await copy_heads(shops, control, Clock())
    assert await in_control(installation, shop_id) == "KWD"
    abu_ali = await installation.customer(shop_id)
    await installation.entry(shop_id, abu_ali, Kind.DEBT, 700)
    assert (await installation.proof(shop_id)).faults == ()
