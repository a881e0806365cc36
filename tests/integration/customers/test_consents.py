"""What a customer agrees to: asked with the number, kept with its story, ended by one tap."""

import pytest

from daftari.customers.actions import add_customer, change_customer
from daftari.customers.actions.consent import agree, agreed_now, end_consent, find_stop_token, stop
from daftari.customers.rules import Details
from daftari.customers.rules.commands import AddCustomer, Agree, ChangeCustomer, EndConsent
from daftari.customers.rules.consent import OPT_INS, TEXTS, Agreed, ConsentMethod, Ended, OptIn
from daftari.customers.store.consent import find_consents
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Conflict, Missing, Refusal

BY_SMS = OptIn.named("sms_reminder")
BY_WHATSAPP = OptIn.named("whatsapp_reminder")
BY_EMAIL = OptIn.named("email_receipt")
ABU_ALI = Details("أبو علي", phone="+966501234567", email="ali@example.com")


def agreed(*opt_ins: OptIn) -> Agreed:
    return Agreed(frozenset(opt_ins), ConsentMethod.IN_PERSON, "ar")


@pytest.fixture
async def abu_ali(book) -> str:
    customer_id = new_id()
    command = AddCustomer(customer_id, ABU_ALI, agreed=agreed(BY_SMS, BY_EMAIL))
    await book.do(add_customer, command)
    return customer_id


async def now(book, customer_id: str) -> set[OptIn]:
    return set((await book.read(agreed_now, [customer_id])).get(customer_id, ()))


async def test_what_was_agreed_to_when_the_number_was_added_is_kept_with_its_story(book, abu_ali):
    assert await now(book, abu_ali) == {BY_SMS, BY_EMAIL}
    one = (await book.read(find_consents, abu_ali))[0]
    assert (one.given_at, one.given_by, one.how) == (
        book.clock.now(),
        book.owner.person.id,
        ConsentMethod.IN_PERSON,
    )
    assert "توافق" in TEXTS[one.text_version][one.language]


async def test_what_goes_on_keeps_its_beginning_and_what_is_gone_keeps_its_end(book, abu_ali):
    began = book.clock.now()
    book.clock.move(days=3)
    await book.do(agree, Agree(new_id(), abu_ali, agreed(BY_SMS, BY_WHATSAPP)))
    assert await now(book, abu_ali) == {BY_SMS, BY_WHATSAPP, BY_EMAIL}
    kept = {one.opt_in: one for one in await book.read(find_consents, abu_ali)}
    assert kept[BY_SMS].given_at == kept[BY_EMAIL].given_at == began
    assert kept[BY_WHATSAPP].given_at == book.clock.now()
    await book.do(end_consent, EndConsent(abu_ali, kept[BY_EMAIL].id))
    kept = {one.opt_in: one for one in await book.read(find_consents, abu_ali)}
    assert kept[BY_EMAIL].ended_at == book.clock.now()
    assert kept[BY_EMAIL].ended_how is Ended.BY_SHOP


async def test_an_agreement_sent_again_brings_back_nothing_that_has_ended(book, abu_ali):
    said = Agree(new_id(), abu_ali, agreed(BY_WHATSAPP))
    await book.do(agree, said)
    token = await book.read(find_stop_token, abu_ali)
    await book.write(stop, book.clock.now(), token, OPT_INS)
    await book.do(agree, said)
    assert await now(book, abu_ali) == set()
    with pytest.raises(Conflict):
        await book.do(agree, Agree(said.id, abu_ali, agreed(BY_SMS)))
    await book.do(agree, Agree(new_id(), abu_ali, agreed(BY_WHATSAPP)))
    assert await now(book, abu_ali) == {BY_WHATSAPP}


async def test_one_tap_ends_one_consent_and_a_second_changes_nothing(book, abu_ali):
    consents = {one.opt_in: one for one in await book.read(find_consents, abu_ali)}
    ending = EndConsent(abu_ali, consents[BY_SMS].id)
    await book.do(end_consent, ending)
    ended_at = book.clock.now()
    book.clock.move(hours=1)
    await book.do(end_consent, ending)
    assert await now(book, abu_ali) == {BY_EMAIL}
    story = {one.opt_in: one for one in await book.read(find_consents, abu_ali)}
    assert story[BY_SMS].ended_at == ended_at


async def test_a_new_number_was_agreed_to_by_nobody(book, abu_ali):
    await book.do(change_customer, ChangeCustomer(abu_ali, {"phone": "+966509999999"}))
    assert await now(book, abu_ali) == {BY_EMAIL}
    ended = {one.opt_in: one.ended_how for one in await book.read(find_consents, abu_ali)}
    assert ended[BY_SMS] is Ended.ADDRESS_CHANGED


async def test_a_number_taken_out_takes_its_consents_with_it(book, abu_ali):
    await book.do(change_customer, ChangeCustomer(abu_ali, {"phone": None}))
    assert await now(book, abu_ali) == {BY_EMAIL}


async def test_an_old_page_gives_no_consent_back(umm_salim, book, abu_ali):
    """It shows what he had agreed to before he stopped it; so does the details' form of before."""
    token = await book.read(find_stop_token, abu_ali)
    await book.write(stop, book.clock.now(), token, OPT_INS)
    marks = {"consents": "asked", "agreed_sms_reminder": "yes"}
    answer = await umm_salim.post(f"/customers/{abu_ali}/consents", **marks)
    assert answer.status_code == 422
    assert 'data-error="consents_page_too_old"' in answer.text
    answer = await umm_salim.post(f"/customers/{abu_ali}", name="أبو عليّ", **marks)
    assert answer.status_code == 422
    assert 'data-error="consents_elsewhere"' in answer.text
    assert await now(book, abu_ali) == set()


async def test_to_agree_anew_is_an_act_of_its_own(umm_salim, book, abu_ali):
    page = (await umm_salim.get(f"/customers/{abu_ali}/consents")).text
    assert 'name="agreed_sms_reminder"' not in page, "he has agreed to it"
    assert 'name="agreed_whatsapp_reminder" value="yes">' in page
    form = {"id": new_id(), "consents": "anew", "agreed_whatsapp_reminder": "yes"}
    answer = await umm_salim.post(f"/customers/{abu_ali}/consents", **form)
    assert answer.status_code == 303
    assert await now(book, abu_ali) == {BY_SMS, BY_EMAIL, BY_WHATSAPP}


async def test_a_form_sent_after_his_number_was_taken_out_says_why_it_is_refused(umm_salim, book):
    salim = (await book.do(add_customer, AddCustomer(new_id(), Details("سالم")))).customer_id
    form = {"id": new_id(), "consents": "anew", "agreed_sms_reminder": "yes"}
    answer = await umm_salim.post(f"/customers/{salim}/consents", **form)
    assert answer.status_code == 422
    assert 'data-error="consent_without_phone"' in answer.text


@pytest.mark.parametrize(
    ("details", "opt_in", "reason"),
    [
        (Details("سالم"), BY_SMS, "consent_without_phone"),
        (Details("سالم"), BY_WHATSAPP, "consent_without_phone"),
        (Details("سالم", phone="+966501234567"), BY_EMAIL, "consent_without_email"),
    ],
)
async def test_nobody_agrees_to_a_way_that_leads_nowhere(book, details, opt_in, reason):
    with pytest.raises(Refusal) as refused:
        await book.do(add_customer, AddCustomer(new_id(), details, agreed=agreed(opt_in)))
    assert refused.value.reasons["consents"].name == reason


async def test_the_customer_stops_by_a_link_that_stays_the_same(book, abu_ali):
    token = await book.read(find_stop_token, abu_ali)
    assert await book.write(stop, book.clock.now(), token, OPT_INS) == {BY_SMS, BY_EMAIL}
    assert await book.write(stop, book.clock.now(), token, OPT_INS) == frozenset()
    assert await now(book, abu_ali) == set()
    story = await book.read(find_consents, abu_ali)
    assert {(one.ended_how, one.ended_by) for one in story} == {(Ended.BY_CUSTOMER, None)}
    await book.do(agree, Agree(new_id(), abu_ali, agreed(BY_SMS)))
    assert await book.read(find_stop_token, abu_ali) == token


async def test_a_link_that_is_nobodys_stops_nothing(book, abu_ali):
    with pytest.raises(Missing):
        await book.write(stop, book.clock.now(), "0" * 16, OPT_INS)
    assert await now(book, abu_ali) == {BY_SMS, BY_EMAIL}


async def test_the_form_asks_with_the_number(umm_salim, book):
    customer = new_id()
    answer = await umm_salim.post(
        "/customers",
        id=customer,
        name="أبو علي",
        phone="0501234567",
        consents="asked",
        agreed_whatsapp_reminder="yes",
        consent_how="by_phone",
    )
    assert answer.status_code == 303
    assert await now(book, customer) == {BY_WHATSAPP}
    page = (await umm_salim.get(f"/customers/{customer}/edit")).text
    assert "agreed_whatsapp_reminder" not in page


async def test_a_form_that_did_not_ask_changes_no_consent(umm_salim, book, abu_ali):
    answer = await umm_salim.post(f"/customers/{abu_ali}", name="أبو علي الخباز")
    assert answer.status_code == 303
    assert await now(book, abu_ali) == {BY_SMS, BY_EMAIL}


async def test_a_refused_form_keeps_its_marks(umm_salim):
    answer = await umm_salim.post(
        "/customers", name="سالم", consents="asked", agreed_email_receipt="yes"
    )
    assert answer.status_code == 422
    assert 'data-error="consent_without_email"' in answer.text
    assert 'name="agreed_email_receipt" value="yes" checked' in answer.text


async def test_the_page_tells_the_story_and_karim_may_stop_one(umm_salim, karim, book, abu_ali):
    page = (await umm_salim.get(f"/customers/{abu_ali}/consents")).text
    assert page.count("/end") == 2
    consents = {one.opt_in: one for one in await book.read(find_consents, abu_ali)}
    answer = await karim.post(f"/customers/{abu_ali}/consents/{consents[BY_SMS].id}/end")
    assert answer.status_code == 303
    page = (await umm_salim.get(f"/customers/{abu_ali}/consents")).text
    assert page.count("/end") == 1
    assert "أوقفه هنا كريم" in page


async def test_another_shop_sees_and_stops_nothing(huda, book, abu_ali):
    consent = (await book.read(find_consents, abu_ali))[0]
    for path in (
        f"/customers/{abu_ali}/consents",
        f"/customers/{abu_ali}/consents/{consent.id}/end",
    ):
        assert (await huda.post(path, consents="asked")).status_code == 404
    assert await now(book, abu_ali) == {BY_SMS, BY_EMAIL}
