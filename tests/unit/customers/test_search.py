"""How a customer is found by what people remember of him."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.customers.rules import Details, search_key, search_words
from daftari.kernel.latin import sound_of_word

ABU_ALI_HIMSELF = Details("عليّ الخبّاز", "أبو علي", "+966501234567")
ABU_ALI = search_key(ABU_ALI_HIMSELF)


@pytest.mark.parametrize(
    "query",
    [
        "على الخباز",
        "ابو علي",
        "أبُو عَلِيّ",
        "خباز ابو",
        "4567",
        "٤٥٦٧",
        "0501234567",
        "050 123 4567",
        "050-123-4567",
        "٠٥٠١٢٣",
        "+966 50 123 4567",
        "+966(50)1234567",
        "00966501234567",
        "ابو 4567",
        "",
        "  ",
    ],
)
def test_he_is_found_by(query):
    words = search_words(query)
    assert all(word in ABU_ALI for word in words)
    assert words or not query.strip()


@pytest.mark.parametrize("query", ["سالم", "ابو سالم", "4568", "علي 999", "%", "_", "لاخباز"])
def test_he_is_not_found_by(query):
    words = search_words(query)
    assert words
    assert not all(word in ABU_ALI for word in words)


CASES = json.loads((Path(__file__).parents[2] / "cases" / "names.json").read_text())


@pytest.mark.parametrize(("query", "words"), CASES["searches"])
def test_a_search_is_taken_apart_as_on_the_phone(query, words):
    assert search_words(query) == words


@pytest.mark.parametrize(("one", "other"), CASES["same"])
def test_a_name_is_found_by_each_way_to_write_it(one, other):
    for name, query in ((one, other), (other, one)):
        assert all(word in search_key(Details(name)) for word in search_words(query))


@pytest.mark.parametrize("name", ["ابن علي", "أبو الوليد", "نور الدين", "عبد ربه", "داوود"])
def test_he_is_found_from_the_first_letter_to_the_last(name):
    key = search_key(Details(name))
    for end in range(1, len(name) + 1):
        assert all(word in key for word in search_words(name[:end])), name[:end]


def test_a_word_does_not_reach_from_the_name_into_the_nickname():
    assert search_key(Details("عبد", "الله")) == "عبد\tabd\tالله\tala"
    assert search_words("عبد الله") == ["عبدالله"]


@pytest.mark.parametrize("query", ["الروضه", "روضة علي", "حيّ الروضة", "ابو 4567 الروضة"])
def test_he_is_found_by_his_neighbourhood(query):
    lives_there = replace(ABU_ALI_HIMSELF, neighbourhood="حي الروضة")
    assert all(word in search_key(lives_there) for word in search_words(query))
    assert not all(word in ABU_ALI for word in search_words(query))


def test_without_nickname_and_phone_there_are_no_blanks_left():
    assert search_key(Details("هدى")) == "هدي\thda"


def test_zeros_alone_are_still_digits():
    assert search_words("00") == ["00"]


@given(st.text(max_size=40))
def test_no_query_breaks_the_search(query):
    assert all(word and " " not in word for word in search_words(query))


@pytest.mark.parametrize(("name", "query"), CASES["heard"])
def test_latin_letters_find_a_name_as_it_sounds(name, query):
    assert all(_is_named(name, word) for word in search_words(query))


@pytest.mark.parametrize(("name", "query"), CASES["unheard"])
def test_latin_letters_do_not_find_another_name(name, query):
    assert not all(_is_named(name, word) for word in search_words(query))


def _is_named(name: str, word: str) -> bool:
    key = search_key(Details(name))
    return any(form in key for form in (word, sound_of_word(word)) if form)
