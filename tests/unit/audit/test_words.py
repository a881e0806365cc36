"""The words of every activity: in both languages, with and without the values of its details."""

import re
from datetime import UTC, datetime

import msgspec
import pytest

from daftari.audit.pages.kinds import KIND_ICONS, KIND_WORDS
from daftari.audit.pages.labels import CHOICES
from daftari.audit.pages.sentences import RECORDS, record_sentence
from daftari.audit.pages.values import changes_of
from daftari.audit.pages.words import Words
from daftari.audit.rules.filters import START, Cursor
from daftari.audit.rules.kinds import VERBS, ActivityKind
from daftari.audit.store import RecordActivity
from tests.book import SHOP

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ARABIC = Words("ar", SHOP, is_html=False)
ENGLISH = Words("en", SHOP, is_html=False)


def record(verb: str, **details: object) -> RecordActivity:
    kept = msgspec.json.encode(details).decode() if details else None
    return RecordActivity("1", NOW, "karim", None, verb, "x", kept, "أبو علي", "customer")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_sentence_in_both_languages_also_when_its_details_are_erased(verb):
    arabic, english = (record_sentence(words, record(verb), {}, {}) for words in (ARABIC, ENGLISH))
    assert re.search(r"[\u0621-\u064a]", arabic.replace("أبو علي", ""))
    assert re.search(r"[a-z]", english)
    assert verb in RECORDS


def test_every_kind_has_a_word_and_an_icon():
    assert set(KIND_WORDS) == set(KIND_ICONS) == set(ActivityKind)


@pytest.mark.parametrize("field", CHOICES)
def test_every_choice_has_a_word_that_a_reader_knows(field):
    for value, word in CHOICES[field].items():
        assert word != value or field in ("language", "digits", "notation")


@pytest.mark.parametrize(
    ("verb", "details", "told"),
    [
        ("change_customer", {"credit_limit_minor": [None, 50000]}, ("", "500.00 ر.س")),
        ("change_customer", {"payday": ["day:27", "last_working"]}, ("يوم 27 من الشهر", None)),
        ("change_customer", {"role": ["customer", "supplier"]}, ("زبون", "مورّد")),
        ("change_customer", {"email": [None, "a@example.com"]}, ("", "a@example.com")),
        ("change_shop", {"weekend": ["4,5", "4"]}, ("الجمعة، السبت", "الجمعة")),
        ("change_shop", {"digest_hour": [9, None]}, ("09:00", "")),
        ("change_shop", {"currency": ["SAR", "YER"]}, ("ريال سعودي", "ريال يمني")),
        ("change_shop", {"country": ["SA", "YE"]}, ("السعودية", "اليمن")),
        ("change_rates", {"USD": [None, 375000000]}, ("", "3.75")),
        ("choose_ways", {"automatic": [[], ["sms", "email"]]}, ("", "رسالة نصية، بريد إلكتروني")),
        ("choose_ways", {"greets": [True, False]}, ("نعم", "لا")),
        ("agree", {"given": ["whatsapp_reminder"], "ended": []}, ("", "تذكير بالمستحق (واتساب)")),
    ],
)
def test_a_changed_value_reads_as_its_form_shows_it(verb, details, told):
    (change,) = changes_of(ARABIC, verb, details)
    assert change.old == told[0]
    assert change.new == told[1] or told[1] is None
    assert change.label


def test_what_is_no_pair_of_values_is_no_change():
    assert changes_of(ARABIC, "change_customer", {"name": "x", "unknown": [1, 2]}) == ()


def test_names_and_amounts_of_a_page_have_their_own_direction_and_are_escaped():
    words = Words("ar", SHOP)
    sentence = record_sentence(words, record("add_customer")._replace(name="<b>"), {}, {})
    assert str(sentence) == "حساب جديد: <bdi>&lt;b&gt;</bdi>"
    assert 'dir="ltr">5.00</bdi>' in words.amount(500, "SAR")


@pytest.mark.parametrize(
    "cursor", [START, Cursor(7, NOW, "01a20700-0000-7000-8000-000000000001"), Cursor(1, NOW)]
)
def test_a_cursor_comes_back_from_its_text(cursor):
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "1", "1-2", "a-1-x", "1-1-x", "٣-1-" + START.record_id])
def test_a_text_that_is_no_cursor_is_the_beginning(text):
    assert Cursor.parse(text) == START
