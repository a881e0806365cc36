"""Names and notes of every sort: shown as they are, doing nothing."""

import re
from html import unescape

from tests.integration.ledger.shop_client import names, text_of, value_of

STRANGE = {
    "script": "<script>alert('1')</script>",
    "attribute": "\" onmouseover=alert(1) x='",
    "image": "'><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }}{% raw %}",
    "format": "%(name)s %s %d 100%",
    "entity": "سالم &amp; أولاده &lt;b&gt;",
    "url": "javascript:alert(1)",
    "emoji": "👨‍👩‍👧‍👦 أم محمد 🍞",
    "long": "م" * 80,
    "one word": "W" * 80,
    "harakat": "مُحَمَّدٌ العَلِيُّ",
    "mixed": "Abu علي 3 محلات B",
    "quote": "O'Brien «أبو» \\n",
    "other": "名前 Ελένη Дима",
}
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


async def test_every_name_is_only_a_name_wherever_it_is_shown(umm_salim):
    for what, name in STRANGE.items():
        note = name[:80]
        customer = await umm_salim.add(name, nickname=name[:40], note=note)
        entry = await umm_salim.wrote(customer, note=note, taker=note, paid_by=note)
        for path in (
            "/",
            f"/?q={what}",
            "/due",
            "/entries/new",
            f"/customers/{customer}",
            f"/customers/{customer}?recorded={entry}",
            f"/customers/{customer}/edit",
            f"/customers/{customer}/entries/new",
            f"/entries/{entry}/reversal",
        ):
            page = await umm_salim.get(path)
            assert page.status_code == 200, (what, path)
            assert is_harmless(page.text), (what, path)
            assert "49" not in text_of(page).split(), (what, path)
        assert name in names(await umm_salim.get())
        assert name in text_of(await umm_salim.account(customer))
        assert value_of(await umm_salim.get(f"/customers/{customer}/edit"), "name") == name


async def test_a_refused_form_gives_strange_words_back_harmless(umm_salim):
    customer = await umm_salim.add()
    for what, words in STRANGE.items():
        answer = await umm_salim.write(customer, "debt", words, note=words, due_on=words)
        assert answer.status_code == 422, what
        assert is_harmless(answer.text), what
        assert value_of(answer, "amount") == words
        assert value_of(answer, "note") == words
        for field in ("kind", "currency", "method", "side", "id"):
            answer = await umm_salim.write(customer, **{"amount": "1", field: words})
            assert answer.status_code == 422, (what, field)
            assert is_harmless(answer.text), (what, field)


async def test_a_strange_search_is_only_a_search(umm_salim):
    await umm_salim.add()
    for what, words in STRANGE.items():
        page = await umm_salim.get("/", params={"q": words, "sort": words, "filter": words})
        assert page.status_code == 200, what
        assert is_harmless(page.text), what
        assert value_of(page, "q") == words[:80]


async def test_signs_that_turn_the_line_around_are_taken_out(umm_salim):
    customer = await umm_salim.add("\u202eعلي\u202c \u2066سالم\u2069\u200f")
    await umm_salim.wrote(customer, note="\u202eخبز 50\u202c")
    page = await umm_salim.account(customer)
    assert names(await umm_salim.get()) == ["علي سالم"]
    assert not BIDI.search(text_of(page, "side"))
    assert "خبز 50" in text_of(page, "lines")


async def test_a_name_of_nothing_or_of_too_much_is_refused(umm_salim):
    for name, reason in (
        ("", "name_missing"),
        ("\u202e \u200f", "name_missing"),
        ("\x00", "name_missing"),
    ):
        answer = await umm_salim.post("/customers", name=name)
        assert answer.status_code == 422
        assert f'data-error="{reason}"' in answer.text
    answer = await umm_salim.post("/customers", name="م" * 81)
    assert 'data-error="name_too_long"' in answer.text
    assert names(await umm_salim.get()) == []


async def test_no_title_names_a_customer(umm_salim):
    """A browser keeps titles in its history, also after somebody signed out."""
    customer = await umm_salim.add("عبد القادر")
    entry = await umm_salim.wrote(customer)
    paths = [f"/customers/{customer}{more}" for more in ("", "/edit", "/entries/new")]
    for path in (*paths, f"/entries/{entry}/reversal"):
        page = await umm_salim.get(path)
        assert "عبد القادر" in page.text, path
        assert "القادر" not in unescape(re.findall(r"<title>(.*?)</title>", page.text)[0])


def is_harmless(html: str) -> bool:
    """Only our own scripts, no handler, no address that runs."""
    scripts = re.findall(r"<script[^>]*>", html)
    own = all(' src="/static/' in script for script in scripts)
    tags = re.findall(r"<[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", html)
    handlers = [tag for tag in tags if re.search(r"\son\w+\s*=", _unquoted(tag))]
    links = [tag for tag in tags if re.search(r"(href|src|action)=[\"']?\s*javascript:", tag)]
    return own and not handlers and not links and "<img src=x" not in html


def _unquoted(tag: str) -> str:
    return re.sub(r"\"[^\"]*\"|'[^']*'", '""', tag)
