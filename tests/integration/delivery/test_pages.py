"""The page of notifications: a phone is added by its browser, named, tried, removed."""

import re
from html import unescape

import pytest

from daftari.delivery.rules.vapid import public_half, vapid_key
from daftari.identity.rules import Role
from tests.integration.ledger.shop_client import errors, hire, open_for, sign_in, text_of
from tests.push_service import Phone

ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"
ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
JSON = {"Accept": "application/json", "User-Agent": ANDROID}


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


async def offer(shop_client, endpoint: str = ENDPOINT, **changed):
    sent = {**Phone(endpoint).subscription, **changed}
    address = f"{shop_client.home}/push-subscriptions"
    return await shop_client.browser.post(address, json=sent, headers=JSON)


def seen_of(page, phone: str) -> str:
    """What the form of one phone says that it showed."""
    form = page.text.split(f'id="phone-{phone}"', 1)[1]
    return unescape(re.search(r'name="seen" value="([^"]*)"', form)[1])


async def phones(shop_client) -> list[str]:
    page = await shop_client.get("/more/notifications")
    return re.findall(r'id="phone-([0-9a-f-]+)"', page.text)


async def test_a_browser_that_asks_stands_among_the_phones(umm_salim):
    answer = await offer(umm_salim)
    assert answer.status_code == 201
    (phone,) = await phones(umm_salim)
    assert answer.json() == {"id": phone}
    line = text_of(await umm_salim.get("/more/notifications"), f"phone-{phone}")
    assert "هاتف Android" in line
    assert "هذا الجهاز" in line


async def test_the_same_browser_asked_twice_is_one_phone(umm_salim):
    for _ in range(3):
        assert (await offer(umm_salim)).status_code == 201
    assert len(await phones(umm_salim)) == 1


async def test_a_phone_is_named_and_worded(umm_salim):
    phone = (await offer(umm_salim)).json()["id"]
    place = f"/more/notifications/phones/{phone}"
    page = await umm_salim.get("/more/notifications")
    assert 'value="discreet" checked' in page.text
    named = await umm_salim.post(place, name="هاتف المحل", wording="full")
    assert named.status_code == 303
    page = await umm_salim.get("/more/notifications")
    assert "هاتف المحل" in text_of(page, f"phone-{phone}")
    assert 'value="full" checked' in page.text


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": "", "wording": "full"}, "name_missing"),
        ({"name": "x" * 41, "wording": "full"}, "name_too_long"),
        ({"name": "x", "wording": "loud"}, "choice_unknown"),
    ],
)
async def test_a_wrong_name_comes_back_with_its_reason(umm_salim, typed, error):
    phone = (await offer(umm_salim)).json()["id"]
    answer = await umm_salim.post(f"/more/notifications/phones/{phone}", **typed)
    assert (answer.status_code, errors(answer)) == (422, [error])


async def test_what_two_devices_changed_of_one_phone_is_asked_about(umm_salim):
    phone = (await offer(umm_salim)).json()["id"]
    place, page = f"/more/notifications/phones/{phone}", "/more/notifications"
    seen = seen_of(await umm_salim.get(page), phone)
    theirs = {"name": "هاتف البيت", "wording": "full"}
    mine = {"name": "هاتف المحل", "wording": "discreet"}
    assert (await umm_salim.post(place, **theirs)).status_code == 303
    asked = await umm_salim.post(place, seen=seen, **mine)
    assert (asked.status_code, errors(asked)) == (409, ["changed_meanwhile"])
    assert "هاتف البيت" in text_of(asked, f"phone-{phone}")
    assert 'value="هاتف المحل"' in asked.text
    assert 'value="full" checked' in asked.text
    again = {"seen": seen_of(asked, phone), "asked": "name", **mine, "wording": "full"}
    assert (await umm_salim.post(place, **again)).status_code == 409
    assert (await umm_salim.post(place, **again, take_name="typed")).status_code == 303
    shown = await umm_salim.get(page)
    assert "هاتف المحل" in text_of(shown, f"phone-{phone}")
    assert 'value="full" checked' in shown.text
    assert errors(await umm_salim.post(place, seen="{", **mine)) == [
        "version_unknown",
        "changed_meanwhile",
    ]


async def test_a_removed_phone_is_gone_and_may_come_back(umm_salim):
    phone = (await offer(umm_salim)).json()["id"]
    await umm_salim.post(f"/more/notifications/phones/{phone}/removal")
    assert await phones(umm_salim) == []
    again = await umm_salim.post(f"/more/notifications/phones/{phone}/removal")
    assert again.status_code == 404
    assert (await offer(umm_salim)).status_code == 201


async def test_the_browser_itself_takes_it_back(umm_salim):
    await offer(umm_salim)
    address = f"{umm_salim.home}/push-subscriptions"
    for _ in range(2):
        answer = await umm_salim.browser.request("DELETE", address, json={"endpoint": ENDPOINT})
        assert answer.status_code == 200
    assert await phones(umm_salim) == []


async def test_ten_phones_are_enough(umm_salim):
    for n in range(10):
        assert (await offer(umm_salim, f"{ENDPOINT}{n}")).status_code == 201
    refused = await offer(umm_salim, f"{ENDPOINT}10")
    assert refused.status_code == 422
    assert refused.json()["reasons"]["form"]["name"] == "too_many_phones"
    assert (await offer(umm_salim, f"{ENDPOINT}3")).status_code == 201


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"endpoint": "https://127.0.0.1/x"}, "push_service_unknown"),
        ({"endpoint": "http://fcm.googleapis.com/x"}, "push_service_unknown"),
        ({"endpoint": None}, "push_service_unknown"),
        ({"keys": {}}, "subscription_not_understood"),
        ({"keys": "x"}, "subscription_not_understood"),
    ],
)
async def test_an_address_that_is_none_is_refused_by_name(umm_salim, changed, name):
    answer = await offer(umm_salim, **changed)
    assert answer.status_code == 422
    reason = answer.json()["reasons"]["endpoint"]
    assert reason["name"] == name
    assert reason["text"]


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b"\xff", b"[" * 5000])
async def test_garbage_is_not_clear(umm_salim, body):
    address = f"{umm_salim.home}/push-subscriptions"
    for method in ("POST", "DELETE"):
        answer = await umm_salim.browser.request(method, address, content=body, headers=JSON)
        assert answer.status_code == 400


async def test_each_sees_only_their_own_phones(app, browser, umm_salim):
    karim = await hire(app, browser(), umm_salim.home, Role.CASHIER)
    hers = (await offer(umm_salim)).json()["id"]
    await offer(karim, f"{ENDPOINT}k")
    assert hers not in await phones(karim)
    for act in ("", "/removal", "/test"):
        place = f"/more/notifications/phones/{hers}{act}"
        answer = await karim.post(place, name="x", wording="full")
        assert answer.status_code == 404, act
    assert await phones(umm_salim) == [hers]


async def test_a_phone_in_other_hands_is_whose_it_is_now(app, browser, umm_salim):
    """Karim signs in on the shop's phone after Umm Salim: one browser, one address."""
    karim = await hire(app, browser(), umm_salim.home, Role.CASHIER)
    await offer(umm_salim)
    await offer(karim)
    assert (len(await phones(umm_salim)), len(await phones(karim))) == (0, 1)


async def test_signing_out_ends_it(app, browser, umm_salim):
    await offer(umm_salim)
    await umm_salim.browser.post("/signout")
    again = await sign_in(app, browser(), umm_salim.home, umm_salim.person_id)
    assert await phones(again) == []


async def test_the_owner_chooses_the_hour_of_the_digest(umm_salim):
    page = await umm_salim.get("/more/notifications")
    assert '<option value="9" selected>09:00</option>' in page.text
    chosen = await umm_salim.post("/more/notifications", digest_hour="18")
    assert chosen.status_code == 303
    page = await umm_salim.get("/more/notifications")
    assert '<option value="18" selected>18:00</option>' in page.text
    await umm_salim.post("/more/notifications", digest_hour="never")
    page = await umm_salim.get("/more/notifications")
    assert '<option value="never" selected>' in page.text


@pytest.mark.parametrize("hour", ["24", "", "noon"])
async def test_a_wrong_hour_is_refused(umm_salim, hour):
    answer = await umm_salim.post("/more/notifications", digest_hour=hour)
    assert (answer.status_code, errors(answer)) == (422, ["choice_unknown"])


async def test_a_cashier_chooses_nothing_for_the_shop(app, browser, umm_salim):
    karim = await hire(app, browser(), umm_salim.home, Role.CASHIER)
    assert (await karim.post("/more/notifications", digest_hour="5")).status_code == 404
    page = await karim.get("/more/notifications")
    assert "digest_hour" not in page.text


async def test_the_page_gives_the_browser_the_key_it_subscribes_with(app, umm_salim):
    page = await umm_salim.get("/more/notifications")
    key = public_half(vapid_key(app.state.derived))
    assert f'data-push="{key}"' in page.text
    assert len(key) == 87
