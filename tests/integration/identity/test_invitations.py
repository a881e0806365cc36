"""Karim is invited by a link: once, in time, with a passkey of his own, and nobody else by it."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from sqlalchemy import text

from daftari.kernel.ids import new_id
from tests.integration.conftest import ORIGIN
from tests.integration.identity.phone import Phone, errors_in

Phones = Callable[[], Phone]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def karim(phone: Phones) -> Phone:
    return phone()


async def invite(owner: Phone, name: str = "كريم", role: str = "cashier", **typed: str) -> str:
    """Make an invitation; the path of its page."""
    home = (await owner.shop()).rstrip("/")
    form = {"id": new_id(), "name": name, "role": role, **typed}
    answer = await owner.post(f"{home}/more/people/invitations", **form)
    assert answer.status_code == 303, errors_in(answer)
    return str(answer.headers["location"])


async def token_on(owner: Phone, path: str) -> str:
    page = await owner.browser.get(path)
    (token,) = set(re.findall(rf"{ORIGIN}/join/([\w-]+)", unescape(page.text)))
    return str(token)


async def token_for(owner: Phone, **typed: str) -> str:
    return await token_on(owner, await invite(owner, **typed))


async def accept(guest: Phone, token: str, name: str = "كريم", **typed: str) -> list[str]:
    """Try to come in with a new passkey; the reasons why not."""
    options = await guest.ask(f"/join/{token}/options", name=name, **typed)
    if options.status_code != 200:
        return errors_in(options)
    credential = guest.keys.create(options.json())
    answer = await guest.ask(f"/join/{token}", credential=credential)
    return [] if answer.status_code == 201 else errors_in(answer)


async def test_karim_is_in_with_his_own_passkey_and_his_own_role(umm_salim, karim):
    token = await token_for(umm_salim)
    shown = await karim.browser.get(f"/join/{token}")
    assert shown.status_code == 200
    assert "بقالة النور" in shown.text
    assert "أم سليم" in shown.text
    assert await accept(karim, token, phone="0507654321") == []
    assert await karim.shop() == await umm_salim.shop()
    home = await karim.shop()
    assert (await karim.browser.get(f"{home}month-end")).status_code == 404
    assert (await karim.browser.get(f"{home}entries/new")).status_code == 200
    await karim.browser.post("/signout")
    assert (await karim.signin()).status_code == 200
    assert "كريم" in (await umm_salim.browser.get(f"{home}more/people")).text


async def test_his_recovery_codes_are_asked_for_as_the_owners_are(umm_salim, karim):
    assert await accept(karim, await token_for(umm_salim)) == []
    page = await karim.browser.get(await karim.shop())
    assert "/recovery-codes" in page.text


async def test_the_maker_is_shown_the_same_link_again_and_no_secret_is_stored(app, umm_salim):
    path = await invite(umm_salim)
    token = await token_on(umm_salim, path)
    assert await token_on(umm_salim, path) == token
    rows = await app.state.control.read(
        lambda tx: tx.execute(text("SELECT * FROM invitations")).all()
    )
    assert len(rows) == 1
    assert token not in str(rows)


async def test_an_invitation_sent_twice_is_one_and_another_under_its_id_a_conflict(umm_salim):
    one = new_id()
    first, second = [await invite(umm_salim, id=one) for _ in range(2)]
    assert first == second
    home = (await umm_salim.shop()).rstrip("/")
    form = {"id": one, "name": "سالم", "role": "viewer"}
    answer = await umm_salim.post(f"{home}/more/people/invitations", **form)
    assert (answer.status_code, errors_in(answer)) == (409, ["invitation_conflict"])


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ({"name": ""}, ["name_missing"]),
        ({"role": "king"}, ["choice_unknown"]),
        ({"role": "owner"}, ["owner_not_given"]),
        ({"id": "1"}, ["id_not_an_id"]),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(umm_salim, typed, reasons):
    home = (await umm_salim.shop()).rstrip("/")
    form = {"id": new_id(), "name": "كريم", "role": "cashier", **typed}
    answer = await umm_salim.post(f"{home}/more/people/invitations", **form)
    assert (answer.status_code, errors_in(answer)) == (422, reasons)


async def test_it_is_used_once(umm_salim, karim, phone):
    token, salim = await token_for(umm_salim), phone()
    assert await accept(karim, token) == []
    assert await accept(salim, token, "سالم") == ["invitation_used"]
    page = await salim.browser.get(f"/join/{token}")
    assert (page.status_code, errors_in(page)) == (404, ["invitation_used"])


async def test_of_two_who_were_asked_at_once_the_first_is_in(app, umm_salim, karim, phone):
    token, salim = await token_for(umm_salim), phone()
    asked = [await one.ask(f"/join/{token}/options", name="كريم") for one in (karim, salim)]
    answers = [
        await one.ask(f"/join/{token}", credential=one.keys.create(options.json()))
        for one, options in zip((karim, salim), asked, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [201, 422]
    assert errors_in(answers[1]) == ["invitation_used"]
    people = await app.state.control.read(lambda tx: tx.scalar(text("SELECT count(*) FROM people")))
    assert people == 2


async def test_it_ends_after_two_days(umm_salim, karim, clock):
    token = await token_for(umm_salim)
    clock.move(hours=47, minutes=59)
    assert (await karim.browser.get(f"/join/{token}")).status_code == 200
    clock.move(minutes=1)
    assert await accept(karim, token) == ["invitation_late"]


async def test_who_made_it_revokes_it(umm_salim, karim):
    path = await invite(umm_salim)
    token = await token_on(umm_salim, path)
    assert (await umm_salim.post(f"{path}/removal")).status_code == 303
    assert await accept(karim, token) == ["invitation_revoked"]
    home = await umm_salim.shop()
    assert 'id="invitation-' not in (await umm_salim.browser.get(f"{home}more/people")).text


async def test_while_it_is_open_it_stands_on_the_page_of_people(umm_salim):
    path = await invite(umm_salim)
    page = await umm_salim.browser.get(f"{await umm_salim.shop()}more/people")
    assert f'id="invitation-{path.rsplit("/", 1)[1]}"' in page.text


async def test_the_page_asks_by_itself_until_somebody_is_in(umm_salim, karim):
    path = await invite(umm_salim)
    token = await token_on(umm_salim, path)
    assert (await umm_salim.browser.get(path, headers=HTMX)).status_code == 204
    assert await accept(karim, token) == []
    told = await umm_salim.browser.get(path, headers=HTMX)
    assert 'data-state="used"' in told.text


async def test_who_has_a_book_already_comes_in_with_one_tap_and_stays_one_person(
    app, umm_salim, huda
):
    token = await token_for(umm_salim, name="هدى")
    assert await accept(huda, token, "هدى") == ["already_signed_in"]
    page = await huda.browser.get(f"/join/{token}")
    assert f"/join/{token}/acceptance" in page.text
    hers = await huda.shop()
    answer = await huda.post(f"/join/{token}/acceptance")
    assert answer.headers["location"] == await umm_salim.shop()
    for home in (hers, await umm_salim.shop()):
        assert (await huda.browser.get(home)).status_code == 200
    people = await app.state.control.read(lambda tx: tx.scalar(text("SELECT count(*) FROM people")))
    assert people == 2


async def test_several_shops_are_one_tap_apart_and_the_last_one_is_remembered(umm_salim, huda):
    hers, other = await huda.shop(), await umm_salim.shop()
    assert f'href="{other}"' not in (await huda.browser.get(f"{hers}more")).text
    token = await token_for(umm_salim, name="هدى")
    await huda.post(f"/join/{token}/acceptance")
    menu = await huda.browser.get(f"{hers}more")
    assert f'href="{other}"' in menu.text
    for home in (other, hers, other):
        assert (await huda.browser.get(home)).status_code == 200
        assert await huda.shop() == home


async def test_its_maker_and_a_member_are_told_so_and_it_stays_open(umm_salim, karim, phone):
    assert await accept(karim, await token_for(umm_salim)) == []
    token = await token_for(umm_salim, name="سالم")
    for who, reason in ((umm_salim, "own_invitation"), (karim, "already_member")):
        page = await who.browser.get(f"/join/{token}")
        assert errors_in(page) == [reason]
        answer = await who.post(f"/join/{token}/acceptance")
        assert (answer.status_code, errors_in(answer)) == (422, [reason])
    assert await accept(phone(), token, "سالم") == []


async def test_it_ends_with_the_right_of_who_made_it(app, umm_salim, karim, phone):
    assert await accept(karim, await token_for(umm_salim, role="manager")) == []
    home = (await umm_salim.shop()).rstrip("/")
    named = "SELECT id FROM people WHERE name = 'كريم'"
    his = await app.state.control.read(lambda tx: tx.scalar(text(named)))
    allow = {"person": his, "adjusts": "yes", "allow": ["manage_people", "see_totals"]}
    allow["allow"] += ["reverse_own_entry", "reverse_entry", "give_over_limit", "write_off"]
    allow["allow"] += ["send_message", "remind_many"]
    assert (await umm_salim.post(f"{home}/more/people", **allow)).status_code == 303
    token = await token_for(karim, name="سالم")
    assert (await phone().browser.get(f"/join/{token}")).status_code == 200
    assert (await umm_salim.post(f"{home}/more/people/{his}/removal")).status_code == 303
    assert await accept(phone(), token, "سالم") == ["invitation_revoked"]


async def test_a_challenge_of_one_invitation_opens_no_other(umm_salim, karim):
    first, second = [await token_for(umm_salim) for _ in range(2)]
    options = await karim.ask(f"/join/{first}/options", name="كريم")
    credential = karim.keys.create(options.json())
    answer = await karim.ask(f"/join/{second}", credential=credential)
    assert errors_in(answer) == ["passkey_not_accepted"]
    assert await accept(karim, first) == []


async def test_a_made_up_token_is_no_invitation(karim):
    page = await karim.browser.get("/join/made-up")
    assert (page.status_code, errors_in(page)) == (404, ["invitation_unknown"])
    assert await accept(karim, "made-up") == ["invitation_unknown"]


async def test_a_wrong_number_is_refused_and_none_is_not(umm_salim, karim):
    token = await token_for(umm_salim)
    assert await accept(karim, token, phone="12") == ["phone_not_a_phone"]
    assert await accept(karim, token, "") == ["name_missing"]
    assert await accept(karim, token) == []
    assert (await karim.browser.get("/account")).status_code == 200


async def test_who_was_removed_can_be_invited_again(umm_salim, karim):
    assert await accept(karim, await token_for(umm_salim)) == []
    home = await karim.shop()
    await karim.post(f"{home}more/departure", confirm="yes")
    assert (await karim.browser.get(home)).status_code == 404
    token = await token_for(umm_salim, role="viewer")
    answer = await karim.post(f"/join/{token}/acceptance")
    assert answer.headers["location"] == home
    assert (await karim.browser.get(home)).status_code == 200
    assert (await karim.browser.get(f"{home}entries/new")).status_code == 404


async def test_no_token_and_no_name_stands_in_a_log(umm_salim, karim, capsys):
    token = await token_for(umm_salim)
    assert await accept(karim, token) == []
    await karim.browser.get(f"/join/{token}")
    said = capsys.readouterr()
    assert "/join/{token}" in said.out
    assert token not in said.out + said.err
    assert "كريم" not in said.out + said.err
