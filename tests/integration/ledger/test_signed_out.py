"""A form was open when the sign-in ended: what was typed comes back in the page."""

import re
from html import unescape
from io import BytesIO

import httpx
import pytest

from daftari.kernel.ids import new_id
from daftari.web import requests
from daftari.web.logs import configure_logs
from tests.integration.ledger.shop_client import HTMX, ShopClient, value_of
from tests.photos import a_photo

A_PERSON = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


class Away:
    """`with Away(shop_client)`: she is signed out meanwhile, and in again after it."""

    def __init__(self, shop_client: ShopClient) -> None:
        self.shop_client = shop_client

    def __enter__(self) -> None:
        self.cookies = httpx.Cookies(self.shop_client.browser.cookies)
        self.shop_client.browser.cookies.clear()

    def __exit__(self, *_: object) -> None:
        self.shop_client.browser.cookies = self.cookies


async def send(shop_client: ShopClient, path: str, typed: dict[str, str], **more) -> httpx.Response:
    address = path if path.startswith("/s/") else shop_client.home + path
    headers = {**A_PERSON, **more.pop("headers", {})}
    return await shop_client.browser.post(address, data=typed, headers=headers, **more)


def kept_in(answer: httpx.Response) -> tuple[str, dict[str, str]]:
    """Where the form of the page goes, and what it holds."""
    form = re.search(
        r'<form[^>]* id="kept"[^>]* action="([^"]+)".*?</form>', answer.text, re.DOTALL
    )
    assert form, answer.text
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[0])
    return form[1], {name: unescape(value) for name, value in fields}


async def test_an_entry_is_sent_again_after_signing_in_and_is_one_entry(umm_salim):
    abu_ali = await umm_salim.add()
    path = f"/customers/{abu_ali}/entries"
    typed = {"id": new_id(), "kind": "debt", "amount": "١٢٫٥٠", "note": "خبز «وحليب» <b>"}
    with Away(umm_salim):
        answer = await send(umm_salim, path, typed)
        assert answer.status_code == 401
        assert "انتهت جلستك" in answer.text
        assert "<b>" not in answer.text.partition('class="kept"')[2]
        assert "١٢٫٥٠" in answer.text
        again = await send(umm_salim, *kept_in(answer))
        assert kept_in(again) == kept_in(answer), "still signed out: nothing is lost"
    assert await umm_salim.entries(abu_ali) == []
    assert kept_in(answer) == (umm_salim.home + path, typed)
    for _ in range(2):
        assert (await send(umm_salim, *kept_in(answer))).status_code == 303
    assert await umm_salim.standing(abu_ali) == "عليه 12.50 ر.س"


async def test_a_reversal_a_new_customer_and_changed_details_come_back_too(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    salim = new_id()
    forms = {
        f"/entries/{entry}/reversal": {"id": new_id(), "reason": "كُتب مرتين"},
        "/customers": {"id": salim, "name": "سالم", "phone": "0501234567", "note": "سطر\r\nوسطر"},
        f"/customers/{abu_ali}": {"name": "أبو علي الخباز", "due_days": "14"},
    }
    with Away(umm_salim):
        answers = {path: await send(umm_salim, path, typed) for path, typed in forms.items()}
    for path, typed in forms.items():
        assert kept_in(answers[path]) == (umm_salim.home + path, typed)
        assert (await send(umm_salim, *kept_in(answers[path]))).status_code == 303
    assert await umm_salim.standing(abu_ali) == "مسدَّد 0.00 ر.س"
    assert value_of(await umm_salim.get(f"/customers/{abu_ali}/edit"), "name") == "أبو علي الخباز"
    assert (await umm_salim.account(salim)).status_code == 200


async def test_of_a_form_with_a_photo_the_words_come_back_and_the_photo_is_asked_for(umm_salim):
    abu_ali = await umm_salim.add()
    path = f"/customers/{abu_ali}/entries"
    typed = {"id": new_id(), "kind": "debt", "amount": "9"}
    large = a_photo((640, 480), "PNG") + bytes(3 * requests.LARGEST_FORM)
    for photo in (a_photo(), large):
        files = {"photo": ("IMG.jpg", photo, "image/jpeg")}
        with Away(umm_salim):
            answer = await send(umm_salim, path, typed, files=files)
        assert answer.status_code == 401
        assert kept_in(answer)[1] == typed
        assert 'type="file"' in answer.text
    again = await send(umm_salim, *kept_in(answer), files={"photo": ("IMG.jpg", a_photo())})
    assert again.status_code == 303
    assert (await umm_salim.get(f"/entries/{typed['id']}/photo")).status_code == 200


async def test_only_what_the_form_has_is_given_back_and_only_to_our_own_page(umm_salim):
    path, typed = "/customers", {"name": "سالم", "evil": "x", "action": "/elsewhere"}
    with Away(umm_salim):
        assert kept_in(await send(umm_salim, path, typed))[1] == {"name": "سالم"}
        for site in ("cross-site", "same-site", "none"):
            answer = await send(umm_salim, path, typed, headers={"Sec-Fetch-Site": site})
            assert answer.status_code == 403
            assert "سالم" not in answer.text


async def test_whoever_is_no_person_with_a_form_is_sent_to_the_door_as_ever(umm_salim):
    path, typed = "/customers", {"name": "سالم"}
    with Away(umm_salim):
        fetched = await send(umm_salim, path, typed, headers={"Sec-Fetch-Mode": "cors"})
        by_htmx = await send(umm_salim, path, typed, headers=HTMX)
        program = await send(umm_salim, path, typed, headers={"Accept": "application/json"})
        empty = await send(umm_salim, path, {"name": ""})
        huge = await send(umm_salim, path, {"name": "س" * requests.LARGEST_FORM})
    assert [one.status_code for one in (fetched, by_htmx, program)] == [303, 401, 401]
    assert [one.status_code for one in (empty, huge)] == [303, 303]
    assert all("سالم" not in one.text for one in (fetched, by_htmx, program))


async def test_a_strangers_shop_and_a_real_one_look_the_same(umm_salim, client):
    typed = {"name": "سالم", "id": new_id()}
    real, made_up = umm_salim.home, f"/s/{new_id()}"
    pages = [
        (await client.post(f"{home}/customers", data=typed, headers=A_PERSON)).text
        for home in (real, made_up)
    ]
    assert pages[0].replace(real, made_up) == pages[1]


@pytest.fixture
def log():
    stream = BytesIO()
    configure_logs(stream)
    yield stream
    configure_logs()


async def test_nothing_of_it_is_in_the_log_or_in_an_address(umm_salim, log):
    with Away(umm_salim):
        answer = await send(umm_salim, "/customers", {"name": "سالم السرّي", "note": "سرّ"})
    assert answer.status_code == 401
    assert "location" not in answer.headers
    said = log.getvalue().decode()
    assert '"status":401' in said
    assert "سر" not in said
    assert "سالم" not in said
