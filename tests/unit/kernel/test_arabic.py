"""Names in Arabic: what a search takes for the same, and what is safe to show.

The table is shared with the phone: `static/js/book/fold.js` answers to it too.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.arabic import excerpt, fold, initial, neutral, text_key

CASES = json.loads((Path(__file__).parents[2] / "cases" / "names.json").read_text())


@pytest.mark.parametrize(("one", "other"), CASES["folded"])
def test_two_spellings_of_a_name_have_one_key(one, other):
    assert fold(one) == fold(other) == other


@pytest.mark.parametrize(("one", "other"), CASES["same"])
def test_two_ways_to_write_a_name_are_one_name(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), CASES["different"])
def test_different_names_keep_different_keys(one, other):
    assert fold(one) != fold(other)


def test_a_temple_is_no_servant():
    assert fold("معبد الخير") == "معبد الخير"


def test_half_a_character_never_reaches_a_key():
    assert fold("\ud800ali\x00") == "ali"


WORDS = st.sampled_from(
    [
        "أبو",
        "ابن",
        "ابا",
        "بن",
        "بنت",
        "أم",
        "با",
        "عبد",
        "ذو",
        "ال",
        "الله",
        "الدين",
        "ا",
        "و",
        "وو",
        "اا",
        "علاء",
        "ت",
        "7",
        "علي",
    ]
)


@given(st.text() | st.lists(WORDS).map(" ".join))
def test_a_key_is_its_own_key(text):
    assert fold(fold(text)) == fold(text)


HIDDEN = [
    ("\u202eab\u202c", "ab"),
    ("\u2067أبو علي\u2069", "أبو علي"),
    ("\u200e\u200f\u061cعلي", "علي"),
    ("a\u0000b\u001bc\u0085d", "abc d"),
    ("أبو\nعلي", "أبو علي"),
    ("أبو\tعلي", "أبو علي"),
    ("أبو\u2028علي", "أبو علي"),
    ("  علي  ", "علي"),
    ("\u3164", ""),
    ("\u200d \u2800 \u200b", ""),
    ("e\u0301", "é"),
    ("\ud800x\udfff", "x"),
    ("a\ufeffb", "ab"),
]


@pytest.mark.parametrize(("typed", "kept"), HIDDEN)
def test_nothing_hidden_is_kept(typed, kept):
    assert neutral(typed) == kept


def test_what_spells_a_word_is_kept():
    assert neutral("👨\u200d👩\u200d👧") == "👨\u200d👩\u200d👧"
    assert neutral("می\u200cخواهم") == "می\u200cخواهم"
    assert neutral("<b>'علي'</b>") == "<b>'علي'</b>"


def test_a_note_keeps_its_lines():
    assert neutral("سكر\r\nشاي\rخبز\u2028\tماء", multiline=True) == "سكر\nشاي\nخبز\n ماء"
    assert neutral("\n\nسكر\n", multiline=True) == "سكر"


@given(st.text(), st.booleans())
def test_a_neutral_text_stays_as_it_is_and_can_be_stored(text, multiline):
    once = neutral(text, multiline)
    assert neutral(once, multiline) == once
    assert once.encode("utf-8").decode("utf-8") == once


@pytest.mark.parametrize(("text", "words", "shown"), CASES["excerpts"])
def test_an_excerpt_shows_the_word_that_was_found(text, words, shown):
    assert excerpt(text, words) == shown


def test_a_word_does_not_reach_from_one_text_into_the_next():
    assert text_key("خبز", "", "أم سالم") == "خبز\tام سالم"


@pytest.mark.parametrize(("name", "letter"), CASES["initials"])
def test_a_badge_shows_the_letter_people_know_the_name_by(name, letter):
    assert initial(name) == letter


def test_a_hostile_text_is_no_slower_than_its_length():
    assert neutral(" \u3164" * 200_000) == ""
    assert fold("عبد " * 200_000).startswith("عبدعبد")
    assert fold("و" * 200_000) == "و"
