"""Every kind of line, both sides of the counter, and what the shop trusts people with."""

from tests.integration.ledger.shop_client import SETTINGS, errors, text_of


async def test_with_a_supplier_the_sides_are_swapped(umm_salim):
    flour = await umm_salim.add("مطاحن الشمال", role="supplier")
    await umm_salim.wrote(flour, "debt", "300")
    assert await umm_salim.standing(flour) == "له 300.00 ر.س"
    await umm_salim.wrote(flour, "payment", "120")
    assert await umm_salim.standing(flour) == "له 180.00 ر.س"
    totals = text_of(await umm_salim.get(), "totals")
    assert "عليّ للناس 180.00" in totals
    assert "-180.00" in totals


async def test_a_customer_may_pay_ahead(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "payment", "50")
    assert await umm_salim.standing(abu_ali) == "له 50.00 ر.س"
    await umm_salim.wrote(abu_ali, "debt", "20", due_on="2026-11-23")
    assert await umm_salim.standing(abu_ali) == "له 30.00 ر.س"
    assert "أبو علي" not in text_of(await umm_salim.get("/due"), "due")


async def test_an_opening_balance_stands_on_the_side_that_is_chosen(umm_salim):
    for name, role, side, told in (
        ("واحد", "customer", "owes", "عليه 70.00 ر.س"),
        ("اثنان", "customer", "owed", "له 70.00 ر.س"),
        ("ثلاثة", "supplier", "owed", "له 70.00 ر.س"),
        ("أربعة", "supplier", "owes", "عليه 70.00 ر.س"),
        ("خمسة", "customer", "", "عليه 70.00 ر.س"),
        ("ستة", "supplier", "", "له 70.00 ر.س"),
    ):
        customer = await umm_salim.add(name, role=role)
        await umm_salim.wrote(customer, "opening", "70", side=side)
        assert await umm_salim.standing(customer) == told, name


async def test_a_second_currency_is_a_balance_of_its_own(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "10", currency="USD")
    await umm_salim.wrote(abu_ali, "debt", "2500", currency="YER")
    await umm_salim.wrote(abu_ali, "payment", "4")
    standing = await umm_salim.standing(abu_ali)
    assert "له 4.00 ر.س" in standing
    assert "عليه 10.00 دولار أمريكي" in standing
    assert "عليه 2,500 ريال يمني" in standing
    book = await umm_salim.get()
    totals = text_of(book, "totals")
    assert totals.index("4.00") < totals.index("2,500")
    assert "10.00" in text_of(book, "list")
    refused = await umm_salim.write(abu_ali, "debt", "1.5", currency="YER")
    assert errors(refused) == ["amount_too_many_decimals"]


async def test_nothing_is_forgiven_beyond_what_is_owed(umm_salim):
    abu_ali = await umm_salim.add()
    for kind, reason in (
        ("discount", "discount_beyond_balance"),
        ("write_off", "write_off_beyond_balance"),
        ("recovery", "recovery_beyond_write_off"),
    ):
        refused = await umm_salim.write(abu_ali, kind, "1")
        assert (refused.status_code, errors(refused)) == (422, [reason])
    await umm_salim.wrote(abu_ali, "debt", "100")
    await umm_salim.wrote(abu_ali, "discount", "10")
    await umm_salim.wrote(abu_ali, "write_off", "60")
    assert await umm_salim.standing(abu_ali) == "عليه 30.00 ر.س"
    assert errors(await umm_salim.write(abu_ali, "write_off", "30.01"))
    assert errors(await umm_salim.write(abu_ali, "recovery", "60.01"))
    await umm_salim.wrote(abu_ali, "recovery", "60")
    assert errors(await umm_salim.write(abu_ali, "recovery", "0.01"))
    assert await umm_salim.standing(abu_ali) == "عليه 30.00 ر.س"


async def test_what_was_recovered_since_is_not_unwritten(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "100")
    write_off = await umm_salim.wrote(abu_ali, "write_off", "100")
    await umm_salim.wrote(abu_ali, "recovery", "40")
    refused = await umm_salim.reverse(write_off)
    assert (refused.status_code, errors(refused)) == (422, ["write_off_recovered"])


async def test_karim_forgives_nothing_and_is_offered_only_a_discount(umm_salim, karim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "100")
    sheet = await karim.get(f"/customers/{abu_ali}/entries/new")
    for kind in ("discount", "write_off", "recovery"):
        assert (f'value="{kind}"' in sheet.text) == (kind == "discount")
        refused = await karim.write(abu_ali, kind, "10")
        assert (refused.status_code, errors(refused)) == (422, ["forgiving_not_allowed"])


async def test_past_the_limit_the_owner_is_warned_and_karim_is_stopped(umm_salim, karim):
    abu_ali = await umm_salim.add(credit_limit="100")
    await karim.wrote(abu_ali, "debt", "100")
    refused = await karim.write(abu_ali, "debt", "0.01")
    assert (refused.status_code, errors(refused)) == (422, ["beyond_credit_limit"])
    assert "100.00" in text_of(refused, "amount-error")
    assert (await karim.write(abu_ali, "payment", "1")).status_code == 303
    await umm_salim.wrote(abu_ali, "debt", "50.25")
    assert "100.00" in await umm_salim.standing(abu_ali)
    assert "تجاوز" in await umm_salim.standing(abu_ali)


async def test_an_opening_balance_obeys_limit_and_role_as_a_debt_does(umm_salim, karim):
    abu_ali = await umm_salim.add(credit_limit="100")
    refused = await karim.write(abu_ali, "opening", "100.01")
    assert (refused.status_code, errors(refused)) == (422, ["beyond_credit_limit"])
    await karim.wrote(abu_ali, "opening", "100")
    forgiving = await karim.write(abu_ali, "opening", "100", side="owed")
    assert (forgiving.status_code, errors(forgiving)) == (422, ["forgiving_not_allowed"])
    sheet, hers = [
        (await who.get(f"/customers/{abu_ali}/entries/new")).text for who in (karim, umm_salim)
    ]
    assert ['value="owes"' in sheet, 'value="owed"' in sheet] == [True, False]
    assert ['value="owes"' in hers, 'value="owed"' in hers] == [True, True]


async def test_a_payment_and_its_reversal_are_no_way_round_the_limit(umm_salim, karim):
    abu_ali = await umm_salim.add(credit_limit="100")
    await umm_salim.wrote(abu_ali, "debt", "120")
    slip = await karim.wrote(abu_ali, "payment", "50")
    assert (await karim.reverse(slip)).status_code == 303
    invented = await karim.wrote(abu_ali, "payment", "50")
    await karim.wrote(abu_ali, "debt", "30")
    refused = await karim.reverse(invented)
    assert (refused.status_code, errors(refused)) == (422, ["beyond_credit_limit"])
    assert "100.00" in text_of(refused, "reversal")
    assert (await umm_salim.reverse(invented)).status_code == 303
    assert (await umm_salim.standing(abu_ali)).startswith("عليه 150.00")


async def test_a_frozen_customer_gets_no_debts_and_may_pay(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "10")
    await umm_salim.post(f"/customers/{abu_ali}/freeze")
    refused = await umm_salim.write(abu_ali, "debt", "1")
    assert (refused.status_code, errors(refused)) == (422, ["customer_frozen"])
    opening = await umm_salim.write(abu_ali, "opening", "1")
    assert (opening.status_code, errors(opening)) == (422, ["customer_frozen"])
    await umm_salim.wrote(abu_ali, "payment", "4")
    await umm_salim.post(f"/customers/{abu_ali}/unfreeze")
    await umm_salim.wrote(abu_ali, "debt", "1")
    assert (await umm_salim.standing(abu_ali)).startswith("عليه 7.00")


async def test_a_debt_falls_due_as_the_entry_the_customer_or_the_shop_says(umm_salim):
    none = await umm_salim.add("بلا موعد")
    await umm_salim.wrote(none)
    assert "بلا موعد" not in text_of(await umm_salim.get("/due"), "due")
    answer = await umm_salim.post("/more/shop", **{**SETTINGS, "due_days": "30"})
    assert answer.status_code == 303
    shops = await umm_salim.add("كالمحل")
    await umm_salim.wrote(shops)
    own = await umm_salim.add("له موعده", due_days="3")
    await umm_salim.wrote(own)
    entrys = await umm_salim.add("كالقيد", due_days="3")
    await umm_salim.wrote(entrys, due_on="2026-12-05")
    today = await umm_salim.add("في يومه", due_days="0")
    await umm_salim.wrote(today)
    for customer, day in ((shops, "23/12"), (own, "26/11"), (entrys, "5/12"), (today, "23/11")):
        assert day in (await umm_salim.entries(customer))[0]
    assert "يستحق" not in (await umm_salim.entries(none))[0]


async def test_a_payment_has_no_due_date(umm_salim):
    abu_ali = await umm_salim.add(due_days="3")
    await umm_salim.wrote(abu_ali, "payment", "10", due_on="2026-12-05")
    assert "5/12" not in (await umm_salim.entries(abu_ali))[0]


async def test_a_sum_beyond_what_a_phone_can_count_is_refused(umm_salim):
    abu_ali = await umm_salim.add()
    most = "9999999999999.99"
    for _ in range(9):
        await umm_salim.wrote(abu_ali, "debt", most)
    refused = await umm_salim.write(abu_ali, "debt", most)
    assert (refused.status_code, errors(refused)) == (422, ["balance_too_large"])
    assert "89,999,999,999,999.91" in await umm_salim.standing(abu_ali)
