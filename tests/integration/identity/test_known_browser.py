"""A browser in which somebody signed in before is asked to sign in, before a second book opens."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from tests.integration.identity.phone import HUDA, UMM_SALIM, Phone

ASKED = 'id="known-browser"'
FORM = 'data-options="/signup/options"'


@contextmanager
def statements() -> Iterator[list[str]]:
    """The SQL that is run inside."""
    run: list[str] = []

    def note(connection, cursor, statement, *_):
        run.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield run
    event.remove(Engine, "before_cursor_execute", note)


async def test_a_browser_that_knows_nobody_gets_the_form(client):
    page = (await client.get("/signup")).text
    assert FORM in page
    assert ASKED not in page
    assert 'href="/signup"' in (await client.get("/")).text


async def test_after_signing_out_the_sign_in_comes_before_a_new_book(umm_salim):
    await umm_salim.browser.post("/signout")
    asked = await umm_salim.browser.get("/signup")
    assert asked.status_code == 200
    assert ASKED in asked.text
    assert FORM not in asked.text
    assert 'data-options="/signin/options"' in asked.text
    landing = (await umm_salim.browser.get("/")).text
    assert 'href="/signin"' in landing
    assert 'href="/signup"' not in landing


async def test_whoever_wants_a_new_book_all_the_same_opens_one(umm_salim):
    first = await umm_salim.shop()
    await umm_salim.browser.post("/signout")
    asked = (await umm_salim.browser.get("/signup")).text
    assert 'href="/signup?anew=yes"' in asked
    assert FORM in (await umm_salim.browser.get("/signup?anew=yes")).text
    assert (await umm_salim.signup()).status_code == 201
    assert await umm_salim.shop() != first


async def test_the_page_names_nobody(huda):
    shop = (await huda.shop()).split("/")[2]
    await huda.browser.post("/signout")
    for path in ("/signup", "/"):
        page = (await huda.browser.get(path)).text
        for said in (HUDA["name"], HUDA["shop_name"], HUDA["phone"][1:], shop):
            assert said not in page


async def test_a_mark_that_somebody_made_up_shows_nothing_more(client, umm_salim):
    await umm_salim.browser.post("/signout")
    client.cookies.set("phone", "made-up")
    assert (await client.get("/signup")).text == (await umm_salim.browser.get("/signup")).text


async def test_a_known_and_an_unknown_number_are_answered_alike(umm_salim, phone):
    """By status, length and the statements that are run: nothing is looked up by the number."""
    other: Phone = phone()
    answers = []
    for number in (UMM_SALIM["phone"], "0501234568"):
        with statements() as run:
            answer = await other.ask("/signup/options", **{**UMM_SALIM, "phone": number})
        assert not [one for one in run if "people" in one]
        answers.append((answer.status_code, len(answer.text), run))
    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert answers[0][2]
