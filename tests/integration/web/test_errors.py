"""Whatever goes wrong has a page, in the reader's language, that gives nothing away."""

import pytest

from tests.integration.web.conftest import SECRET

ANSWERS = [
    ("/trouble/client", 400, "bad_request"),
    ("/nowhere", 404, "not_found"),
    ("/trouble/missing", 404, "not_found"),
    ("/trouble/unknown", 404, "not_found"),
    ("/act", 405, "method_not_allowed"),
    ("/trouble/conflict", 409, "conflict"),
    ("/trouble/refused", 422, "refused"),
    ("/trouble/unforeseen", 500, "unexpected"),
    ("/trouble/damaged", 503, "shop_damaged"),
    ("/trouble/ahead", 503, "shop_ahead"),
    ("/trouble/full", 507, "storage_full"),
]


@pytest.mark.parametrize(("path", "status", "name"), ANSWERS)
async def test_every_trouble_has_its_page(client, path, status, name):
    answer = await client.get(path)
    assert answer.status_code == status
    assert f'data-error="{name}"' in answer.text
    assert '<html lang="ar" dir="rtl">' in answer.text


@pytest.mark.parametrize(("path", "status", "name"), ANSWERS)
async def test_no_answer_says_what_the_exception_said(client, path, status, name):
    for accept in ("text/html", "application/json"):
        answer = await client.get(path, headers={"Accept": accept})
        assert answer.status_code == status
        assert not any(word in answer.text for word in (*SECRET.split(), "Traceback", ".py"))


@pytest.mark.parametrize(("path", "status", "name"), ANSWERS)
async def test_a_program_gets_json(client, path, status, name):
    answer = await client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json()["error"] == name


async def test_htmx_gets_a_line_over_the_page(client):
    answer = await client.get("/trouble/full", headers={"HX-Request": "true"})
    assert answer.status_code == 507
    assert answer.headers["hx-retarget"] == "#toasts"
    assert "<html" not in answer.text
    assert 'data-error="storage_full"' in answer.text


async def test_an_error_page_speaks_the_readers_language(client):
    answer = await client.get("/nowhere", headers={"Accept-Language": "fr, en-GB;q=0.8, ar;q=0.5"})
    assert '<html lang="en" dir="ltr">' in answer.text
    assert "There is nothing here" in answer.text


async def test_a_refusal_says_its_reason_in_words(client):
    answer = await client.get("/trouble/refused")
    assert 'data-error="language_unknown"' in answer.text
    assert "هذه اللغة غير معروفة" in answer.text


async def test_a_failure_names_the_line_of_the_log(client):
    answer = await client.get("/trouble/unforeseen")
    assert answer.headers["x-request-id"] in answer.text


async def test_a_refused_method_says_which_are_allowed(client):
    answer = await client.get("/act")
    assert "POST" in answer.headers["allow"]


@pytest.mark.parametrize("path", ["/private", "/private?q=1&sort=name"])
async def test_a_stranger_is_sent_to_the_door_and_back(client, path):
    answer = await client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?next=" + path.replace("?", "%3F").replace(
        "=", "%3D"
    ).replace("&", "%26").replace("/", "%2F")


async def test_a_stranger_with_htmx_is_told_where_the_door_is(client):
    answer = await client.get("/private", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/signin")


async def test_a_strange_program_is_told_so(client):
    answer = await client.get("/private", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (401, "not_signed_in")


async def test_a_body_beyond_the_limit_is_refused(client):
    answer = await client.post("/act", data={"note": "ن" * 70_000})
    assert answer.status_code == 413
    assert 'data-error="too_large"' in answer.text


async def test_a_body_of_ordinary_size_is_read(client):
    answer = await client.post("/act", data={"note": "ن" * 5_000})
    assert (answer.status_code, answer.headers["location"]) == (303, "/done")


async def test_after_a_deed_htmx_is_sent_on_by_header(client):
    answer = await client.post("/act", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, "/done")
