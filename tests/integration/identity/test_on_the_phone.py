"""What the server tells a phone so that it can keep the book, and when it tells it to let go."""

import re

import httpx

from tests.integration.identity.phone import JSON, Phone

_SAYS = "".join(f' data-{name}="(.+?)"' for name in ("person", "shop", "session", "unlock"))
MARK = re.compile(f'<meta name="daftari-phone"{_SAYS} data-may="[^"]*">')


async def marks(phone: Phone) -> tuple[str, ...]:
    """Person, shop, session and unlock of the page the book is on."""
    page = await phone.browser.get(await phone.shop())
    found = MARK.search(page.text)
    assert found
    return found.groups()


async def sync(phone: Phone, shop: str) -> httpx.Response:
    return await phone.browser.get(f"/s/{shop}/snapshot", headers=JSON)


async def test_every_page_of_a_shop_says_whose_phone_it_is_on(umm_salim):
    person, shop, _, unlock = await marks(umm_salim)
    assert (await umm_salim.shop()) == f"/s/{shop}/"
    assert re.fullmatch(r"[\w-]{43}", unlock)
    for path in ("more", "due", "customers/new"):
        page = await umm_salim.browser.get(f"/s/{shop}/{path}")
        assert MARK.search(page.text)[1] == person


async def test_no_page_outside_a_shop_says_it(umm_salim):
    for path in ("/account", "/help"):
        page = await umm_salim.browser.get(path)
        assert page.status_code == 200
        assert 'name="daftari-phone"' not in page.text


async def test_the_secret_is_a_persons_own_and_the_same_at_every_signin(umm_salim, huda):
    first, hers = await marks(umm_salim), await marks(huda)
    assert first[3] != hers[3]
    await umm_salim.post("/signout")
    told = (await umm_salim.signin()).json()
    assert (told["person"], told["unlock"]) == (first[0], first[3])
    again = await marks(umm_salim)
    assert again[3] == first[3]
    assert again[2] != first[2]


async def test_a_new_shop_gets_its_owners_secret_at_once(phone):
    nobody = phone()
    told = (await nobody.signup()).json()
    person, _, _, unlock = await marks(nobody)
    assert (told["person"], told["unlock"]) == (person, unlock)


async def test_a_signin_ended_from_elsewhere_wipes_the_phone_at_its_next_contact(umm_salim, phone):
    person, shop, session, _ = await marks(umm_salim)
    other = phone()
    other.keys = umm_salim.keys
    await other.signin()
    ended = await other.post(f"/account/sessions/{session}/end")
    assert ended.status_code == 303
    answer = await sync(umm_salim, shop)
    assert answer.status_code == 401
    assert answer.json() == {
        "error": "not_signed_in",
        "door": "/signin",
        "wipe": True,
        "person": person,
    }
    assert (await sync(other, shop)).status_code == 200


async def test_a_signin_that_only_ran_out_wipes_nothing(umm_salim, clock):
    shop = (await marks(umm_salim))[1]
    clock.move(days=31)
    answer = await sync(umm_salim, shop)
    assert answer.json() == {"error": "not_signed_in", "door": "/signin"}


async def test_a_stranger_is_told_of_no_phone(client, umm_salim):
    shop = (await marks(umm_salim))[1]
    for token in ("", "x" * 43):
        client.cookies.set("daftari", token)
        answer = await client.get(f"/s/{shop}/snapshot", headers=JSON)
        assert answer.json() == {"error": "not_signed_in", "door": "/signin"}


async def test_signing_out_leaves_what_others_wrote_on_the_phone(umm_salim):
    left = await umm_salim.post("/signout", others_wait="yes")
    assert left.status_code == 303
    assert left.headers["clear-site-data"] == '"cache"'
    assert (await umm_salim.browser.get("/account")).status_code == 303
