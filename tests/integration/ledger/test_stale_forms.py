"""Two people at one state: what both changed is asked about, nothing is lost or comes back."""

import re
from html import unescape

import pytest

from tests.integration.ledger.shop_client import (
    SETTINGS,
    STATES,
    errors,
    page_of,
    plain,
    seen_on,
    value_of,
)

MESSAGES = {
    "tone": "gentle",
    "language": "ar",
    "quiet_from": "21",
    "quiet_until": "10",
    "days_before": "0",
}
DETAILS = {"name": "أبو علي", "phone": "0501234567", "note": "جار", "credit_limit": "100"}
FORMS = {
    "shop": ("/more/shop", SETTINGS, {"name": "دكان"}, {"name": "سوق"}, {"due_days": "30"}),
    "messages": (
        "/more/messages",
        MESSAGES,
        {"tone": "firm"},
        {"tone": "plain"},
        {"language": "en"},
    ),
    "thresholds": (
        "/more/alerts/thresholds",
        {"night_from": "23", "many_reversals": ""},
        {"night_from": "22"},
        {"night_from": "0"},
        {"many_reversals": "8"},
    ),
    "country": (
        "/more/country",
        {"country": "SA", "currency": "SAR"},
        {"currency": "USD"},
        {"currency": "EUR"},
        {"country": "YE"},
    ),
    "customer": (None, DETAILS, {"note": "في السوق"}, {"note": "خلف المسجد"}, {"name": "أبو عليّ"}),
}


@pytest.fixture(params=FORMS)
async def form(request, umm_salim):
    """The path of a form, its values, and three changes: here, there, and elsewhere there."""
    path, *rest = FORMS[request.param]
    if path is None:
        path = f"/customers/{await umm_salim.add(**DETAILS)}"
    return path, *rest


def text_in(page, field: str) -> str:
    """What a text field or a selected choice of the page says."""
    chosen = re.search(
        rf'<select id="{field}".*?<option value="([^"]*)" selected', page.text, re.DOTALL
    ) or re.search(rf'type="radio" name="{field}" value="([^"]*)" checked', page.text)
    return unescape(chosen[1]) if chosen else value_of(page, field)


async def test_what_another_changed_meanwhile_stands(umm_salim, form):
    path, values, here, there, elsewhere = form
    seen = seen_on(await umm_salim.get(page_of(path)))
    assert seen
    assert (await umm_salim.post(path, **values | elsewhere)).status_code == 303
    assert (await umm_salim.post(path, seen=seen, **values | here)).status_code == 303
    page = await umm_salim.get(page_of(path))
    for name, value in (elsewhere | here).items():
        assert text_in(page, name) == value


async def test_what_both_changed_is_shown_and_asked(umm_salim, form):
    path, values, here, there, elsewhere = form
    (name, mine), (theirs,) = *here.items(), there.values()
    seen = seen_on(await umm_salim.get(page_of(path)))
    assert (await umm_salim.post(path, **values | there | elsewhere)).status_code == 303
    asked = await umm_salim.post(path, seen=seen, **values | here)
    assert asked.status_code == 409
    assert errors(asked) == ["changed_meanwhile"]
    assert f'href="#{name}-error"' in asked.text
    assert f'id="{name}-error"' in asked.text
    assert text_in(asked, name) == mine
    for other, value in elsewhere.items():
        assert text_in(asked, other) == value
    question = plain(re.search(r'(?s)<div class="take".*?</div>', asked.text)[0])
    assert "كتبتَ:" in question
    assert "صار الآن:" in question
    again = {"seen": seen_on(asked), "asked": name, **values, **elsewhere, **here}
    silent = await umm_salim.post(path, **again)
    assert (silent.status_code, errors(silent)) == (409, ["changed_meanwhile"])
    assert (await umm_salim.post(path, **again, **{f"take_{name}": "now"})).status_code == 303
    assert text_in(await umm_salim.get(page_of(path)), name) == theirs
    assert (await umm_salim.post(path, **again, **{f"take_{name}": "typed"})).status_code == 303
    page = await umm_salim.get(page_of(path))
    assert text_in(page, name) == mine
    for other, value in elsewhere.items():
        assert text_in(page, other) == value


@pytest.mark.parametrize("seen", ["", "{", '{"name": 1}'])
async def test_a_form_of_unknown_age_overwrites_nothing(umm_salim, form, seen):
    path, values, here, *_ = form
    before = (await umm_salim.get(page_of(path))).text
    asked = await umm_salim.post(path, seen=seen, **values | here)
    assert asked.status_code == 409
    assert "changed_meanwhile" in errors(asked)
    assert seen_on(await umm_salim.get(page_of(path))) in unescape(before)


async def test_another_refusal_keeps_what_was_seen(umm_salim):
    customer = await umm_salim.add(**DETAILS)
    path = f"/customers/{customer}"
    seen = seen_on(await umm_salim.get(f"{path}/edit"))
    refused = await umm_salim.post(path, seen=seen, **DETAILS | {"phone": "12"})
    assert (refused.status_code, seen_on(refused)) == (422, seen)


async def test_an_old_page_brings_no_old_number_back(umm_salim):
    customer = await umm_salim.add(**DETAILS)
    path = f"/customers/{customer}"
    seen = seen_on(await umm_salim.get(f"{path}/edit"))
    await umm_salim.post(path, **DETAILS | {"phone": "0509999999"})
    assert (await umm_salim.post(path, seen=seen, **DETAILS | {"note": ""})).status_code == 303
    assert "999" in value_of(await umm_salim.get(f"{path}/edit"), "phone")


def test_every_form_that_shows_a_state_is_tried():
    of_one_field = {"/more/notifications"}
    assert {path for path, *_ in FORMS.values()} - {None} == set(STATES) - of_one_field
