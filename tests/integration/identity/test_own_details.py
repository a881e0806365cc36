"""Somebody's own name and number: changed, proved, and told in the activity."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import text

from daftari.identity.store.people import find_person
from daftari.settings import Settings, SmsProvider
from tests.integration.ledger.shop_client import ShopClient, errors, open_for, seen_on, sign_in
from tests.providers import Provider, answer, provider

NEW, OLD = "+966551112233", "+966500000001"


@pytest.fixture
async def umm_salim(app, browser: Callable[..., httpx.AsyncClient]) -> ShopClient:
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


async def post(who: ShopClient, path: str, **typed: str) -> httpx.Response:
    return await who.browser.post(f"/account/{path}", data=typed)


async def rename(who: ShopClient, name: str) -> httpx.Response:
    seen = seen_on(await who.browser.get("/account"))
    return await post(who, "name", name=name, seen=seen)


async def number_of(app, who: ShopClient) -> str:
    person = await app.state.control.read(find_person, who.person_id)
    return str(person.phone)


async def test_a_new_name_stands_beside_what_was_written_before(umm_salim):
    await umm_salim.wrote(await umm_salim.add())
    assert (await rename(umm_salim, "أم سليم الحربي")).status_code == 303
    assert "أم سليم الحربي" in (await umm_salim.get("/more/people")).text
    entries = (await umm_salim.get("/more/activity?kind=debt")).text
    assert "أم سليم الحربي" in entries
    told = (await umm_salim.get("/more/activity?kind=people")).text
    assert "تغيير الاسم" in told
    assert "<del>" in told


async def test_a_name_that_is_none_keeps_what_was_typed(umm_salim):
    refused = await rename(umm_salim, "   ")
    assert (refused.status_code, errors(refused)) == (422, ["name_missing"])
    long = "ع" * 81
    refused = await rename(umm_salim, long)
    assert (refused.status_code, errors(refused)) == (422, ["name_too_long"])
    assert long in refused.text


async def test_where_nothing_can_be_sent_the_number_is_taken_and_the_page_says_so(app, umm_salim):
    page = await umm_salim.browser.get("/account/phone")
    assert "لا وسيلة هنا" in page.text
    refused = await post(umm_salim, "phone", phone="123")
    assert (refused.status_code, errors(refused)) == (422, ["phone_not_a_phone"])
    assert 'value="123"' in refused.text
    assert (await post(umm_salim, "phone", phone="0551112233")).status_code == 303
    assert await number_of(app, umm_salim) == NEW
    assert "تغيير رقم الهاتف" in (await umm_salim.get("/more/activity?kind=people")).text


async def test_it_asks_for_a_fresh_passkey(umm_salim, clock):
    clock.move(minutes=11)
    answers = [
        await umm_salim.browser.get("/account/phone"),
        await post(umm_salim, "phone", phone="0551112233"),
        await post(umm_salim, "phone/code", code="123456"),
    ]
    for asked in answers:
        assert asked.headers["location"].startswith("/verify")


async def test_the_old_number_works_no_more(app, umm_salim, browser):
    made = await umm_salim.browser.post("/recovery-codes", follow_redirects=True)
    codes = re.findall(r"<code[^>]*>([^<]+)</code>", made.text)
    assert len(codes) == 10
    await post(umm_salim, "phone", phone="0551112233")
    stranger = browser()
    old = await stranger.post("/recover", data={"phone": OLD, "code": codes[0]})
    assert (old.status_code, errors(old)) == (422, ["code_not_right"])
    new = await stranger.post("/recover", data={"phone": NEW, "code": codes[0]})
    assert new.status_code == 303


class TestWithMessages:
    """The operator has set up a provider of text messages."""

    @pytest.fixture
    def sms(self) -> Iterator[Provider]:
        with provider(lambda _: answer({"id": "sm-1"})) as it:
            yield it

    @pytest.fixture
    def settings(self, settings: Settings, sms: Provider) -> Settings:
        return replace(
            settings, sms_provider=SmsProvider.WEBHOOK, sms_url=sms.origin, sms_token="secret"
        )

    @staticmethod
    def code_in(sms: Provider) -> str:
        found = re.search(r"\d{6}", sms.asked[-1].fields["text"])
        assert found
        return found[0]

    async def test_a_code_proves_the_number(self, app, umm_salim, sms):
        assert (await post(umm_salim, "phone", phone="0551112233")).status_code == 303
        assert sms.asked[-1].fields["to"] == NEW
        assert await number_of(app, umm_salim) == OLD
        assert "+966 55 111 2233" in (await umm_salim.browser.get("/account/phone")).text
        assert (await post(umm_salim, "phone/code", code=self.code_in(sms))).status_code == 303
        assert await number_of(app, umm_salim) == NEW
        again = await post(umm_salim, "phone/code", code=self.code_in(sms))
        assert errors(again) == ["code_spent"]

    async def test_five_wrong_codes_end_it(self, app, umm_salim, sms):
        await post(umm_salim, "phone", phone="0551112233")
        code = self.code_in(sms)
        wrong = "000000" if code != "000000" else "111111"
        told = [errors(await post(umm_salim, "phone/code", code=wrong)) for _ in range(5)]
        assert told == [*[["phone_code_wrong"]] * 4, ["code_spent"]]
        assert errors(await post(umm_salim, "phone/code", code=code)) == ["code_spent"]
        assert errors(await post(umm_salim, "phone/code", code="")) == ["phone_code_missing"]
        assert await number_of(app, umm_salim) == OLD

    async def test_a_late_code_is_worth_nothing(self, app, umm_salim, sms, clock):
        await post(umm_salim, "phone", phone="0551112233")
        clock.move(minutes=9, seconds=59)
        assert "one-time-code" in (await umm_salim.browser.get("/account/phone")).text
        clock.move(seconds=1)
        await sign_in(app, umm_salim.browser, umm_salim.home, umm_salim.person_id)
        late = await post(umm_salim, "phone/code", code=self.code_in(sms))
        assert errors(late) == ["code_spent"]

    async def test_a_code_is_of_one_number_and_the_newest_counts(self, app, umm_salim, sms, clock):
        await post(umm_salim, "phone", phone="0551112233")
        first = self.code_in(sms)
        soon = await post(umm_salim, "phone", phone="0551112244")
        assert errors(soon) == ["code_sent_just_now"]
        clock.move(minutes=1)
        await post(umm_salim, "phone", phone="0551112244")
        second = self.code_in(sms)
        if first != second:
            assert errors(await post(umm_salim, "phone/code", code=first)) == ["phone_code_wrong"]
        assert (await post(umm_salim, "phone/code", code=second)).status_code == 303
        assert await number_of(app, umm_salim) == "+966551112244"

    async def test_five_codes_a_day_are_enough(self, umm_salim, sms, clock):
        for _ in range(5):
            assert (await post(umm_salim, "phone", phone="0551112233")).status_code == 303
            clock.move(minutes=1)
        assert errors(await post(umm_salim, "phone", phone="0551112233")) == ["codes_too_many"]
        assert len(sms.asked) == 5

    async def test_what_the_provider_refuses_is_told(self, app, umm_salim, sms):
        sms.says = lambda _: answer({"error": "no such number"})
        refused = await post(umm_salim, "phone", phone="0551112233")
        assert (refused.status_code, errors(refused)) == (422, ["code_not_sent"])
        assert 'value="0551112233"' in refused.text
        assert "one-time-code" not in (await umm_salim.browser.get("/account/phone")).text

    async def test_it_can_be_given_up(self, app, umm_salim, sms):
        await post(umm_salim, "phone", phone="0551112233")
        assert (await post(umm_salim, "phone/removal")).status_code == 303
        given_up = await post(umm_salim, "phone/code", code=self.code_in(sms))
        assert errors(given_up) == ["code_spent"]

    async def test_of_the_code_only_a_keyed_hash_is_stored(self, app, umm_salim, sms):
        await post(umm_salim, "phone", phone="0551112233")
        code, found = self.code_in(sms), "SELECT * FROM phone_proofs"
        row = await app.state.control.read(lambda tx: tx.execute(text(found)).one())
        assert NEW in row
        assert code not in map(str, row)
        assert len(row.code_hash) == 32
        assert row.code_hash != hashlib.sha256(code.encode()).digest()

    async def test_ones_own_number_needs_no_code(self, umm_salim, sms):
        refused = await post(umm_salim, "phone", phone=OLD)
        assert errors(refused) == ["phone_is_yours"]
        assert sms.asked == []
