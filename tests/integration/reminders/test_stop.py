"""The customer's own way out: no account, nothing changed by looking, and it works for ever."""

import httpx
import pytest

from daftari.customers.rules.stop import read_link, stop_path
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing
from tests.integration.conftest import ORIGIN
from tests.integration.ledger.shop_client import errors, plain
from tests.integration.reminders.conftest import Counter, letter_of
from tests.integration.reminders.conftest import stop_path as path_in


async def link_of(counter: Counter, customer: str) -> str:
    sheet = await counter.umm_salim.get(f"/customers/{customer}/remind")
    return path_in(letter_of(sheet))


async def test_looking_at_the_link_changes_nothing(counter: Counter, browser):
    abu_ali = await counter.debtor()
    link, stranger = await link_of(counter, abu_ali), browser()
    for _ in range(2):
        page = await stranger.get(link)
        assert page.status_code == 200
        assert page.text.count('name="stop_') == 6
    assert (await counter.remind(abu_ali)).status_code == 303


async def test_the_page_tells_nothing_of_the_book(counter: Counter, browser):
    abu_ali = await counter.debtor("أبو علي الخباز")
    page = (await browser().get(await link_of(counter, abu_ali))).text
    assert "بقالة النور" in page
    for told in ("أبو علي", "250", "0501234567", "501234567", "ali@example.com", abu_ali):
        assert told not in page
    assert 'name="robots" content="noindex"' in page


async def test_one_tap_stops_everything_and_says_what_was_stopped(counter: Counter, browser):
    abu_ali = await counter.debtor()
    link, stranger = await link_of(counter, abu_ali), browser()
    message = await counter.message(abu_ali)
    answer = await stranger.post(link)
    assert (answer.status_code, answer.headers["location"]) == (303, link)
    page = plain((await stranger.get(link)).text)
    assert "لا يُرسل إليك شيء" in page
    assert page.count("تذكير ·") == 3
    assert page.count("إيصال ·") == 3
    await counter.work()
    assert counter.texts == []
    assert errors(await counter.umm_salim.browser.get(message.url.path)) == ["no_consent"]
    assert errors(await counter.remind(abu_ali))[0] == "no_consent"
    story = (await counter.umm_salim.get(f"/customers/{abu_ali}/consents")).text
    assert story.count("أوقفه بنفسه بالرابط") == 6


async def test_what_is_not_marked_goes_on(counter: Counter, browser):
    abu_ali = await counter.debtor()
    link = await link_of(counter, abu_ali)
    await browser().post(link, data={"asked": "yes", "stop_sms_reminder": "yes"})
    assert errors(await counter.remind(abu_ali, "sms"))[0] == "no_consent"
    assert (await counter.remind(abu_ali, "email")).status_code == 303


async def test_it_works_for_ever_and_again_changes_nothing(counter: Counter, browser, clock):
    abu_ali = await counter.debtor()
    link, stranger = await link_of(counter, abu_ali), browser()
    await stranger.post(link)
    clock.move(days=2000)
    assert (await stranger.post(link)).status_code == 303
    assert "25/11/2026" not in plain((await stranger.get(link)).text)
    assert "23/11/2026" in plain((await stranger.get(link)).text)


async def test_a_link_that_is_nobodys_is_not_found_whichever_half_is_wrong(
    counter: Counter, browser
):
    abu_ali = await counter.debtor()
    link = await link_of(counter, abu_ali)
    shop_id, token = read_link(link.removeprefix("/stop/"))
    wrong = [
        stop_path(shop_id, "0" * 16),
        stop_path(new_id(), token),
        "/stop/x",
        "/stop/" + "A" * 32,
        "/stop/%2e%2e",
        "/stop/" + "é" * 32,
        link[:-1],
        f"{link}A",
    ]
    faces = set()
    for path in wrong:
        for answer in (await browser().get(path), await browser().post(path)):
            assert answer.status_code == 404, path
            faces.add(plain(answer.text))
    assert len(faces) == 1


async def test_who_tries_too_often_waits(counter: Counter, browser):
    visitor = browser(address="203.0.113.9")
    tries = [(await visitor.get(f"/stop/{n}")).status_code for n in range(31)]
    assert tries == [404] * 30 + [429]


async def test_no_other_site_stops_anything(counter: Counter, browser):
    abu_ali = await counter.debtor()
    link = await link_of(counter, abu_ali)
    answer = await browser(**{"Sec-Fetch-Site": "cross-site"}).post(link)
    assert answer.status_code == 403
    assert (await counter.remind(abu_ali)).status_code == 303


async def test_the_button_of_a_mail_program_stops_everything(counter: Counter, app):
    abu_ali = await counter.debtor()
    link = await link_of(counter, abu_ali)
    endpoint = httpx.ASGITransport(app, client=("203.0.113.8", 50000))
    async with httpx.AsyncClient(transport=endpoint, base_url=ORIGIN) as program:
        answer = await program.post(link, data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content) == (200, b"")
        assert (await program.post("/signout")).status_code == 403
    assert errors(await counter.remind(abu_ali))[0] == "no_consent"


def test_a_link_is_short_and_reads_back():
    shop_id, token = new_id(), "0123456789abcdef"
    path = stop_path(shop_id, token)
    assert len(path) == len("/stop/") + 32
    assert read_link(path.removeprefix("/stop/")) == (shop_id, token)
    assert ORIGIN not in path
    with pytest.raises(Missing):
        read_link("")
