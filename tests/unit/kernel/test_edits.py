"""Edits of a state that others may have changed: every combination of shown, typed and now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.edits import ASKED, SEEN, SURE, TAKE, Seen, Shown, Stale


def sent(values, **more: str) -> Seen:
    return Seen.sent({SEEN: Shown.of(values).seen, **more})


def answer(seen: Seen, typed, now) -> object:
    try:
        return seen.changes({"note": typed}, {"note": now})
    except Stale as stale:
        return {name: reason.name for name, reason in stale.reasons.items()}


@pytest.mark.parametrize(
    ("shown", "typed", "now", "outcome"),
    [
        ("a", "a", "a", {}),
        ("a", "b", "a", {"note": "b"}),
        ("a", "a", "b", {}),
        ("a", "b", "b", {}),
        ("a", "b", "c", {"note": "changed_meanwhile"}),
        (None, 5, None, {"note": 5}),
        (5, None, 6, {"note": "changed_meanwhile"}),
        ((4, 5), (4, 5), (1,), {}),
        ((4, 5), (4,), (4, 5), {"note": (4,)}),
    ],
)
def test_only_what_was_changed_here_and_nowhere_else_is_saved(shown, typed, now, outcome):
    assert answer(sent({"note": shown}), typed, now) == outcome


@pytest.mark.parametrize(
    ("taken", "outcome"),
    [
        ("typed", {"note": "b"}),
        ("now", {}),
        ("", {"note": "changed_meanwhile"}),
        ("other", {"note": "changed_meanwhile"}),
    ],
)
def test_a_question_is_answered_once_and_not_by_silence(taken, outcome):
    asked = {ASKED: "note", **({TAKE + "note": taken} if taken else {})}
    assert answer(sent({"note": "c"}, **asked), "b", "c") == outcome


def test_a_third_change_is_asked_about_again():
    asked = {ASKED: "note", TAKE + "note": "typed"}
    assert answer(sent({"note": "c"}, **asked), "b", "d") == {"note": "changed_meanwhile"}


@pytest.mark.parametrize("said", ["", "{", "[1]", "[" * 9999])
def test_a_form_whose_values_cannot_be_read_is_asked_about_all_that_differs(said):
    seen = Seen.sent({SEEN: said})
    assert answer(seen, "a", "a") == {}
    assert answer(seen, "b", "a") == {"form": "version_unknown", "note": "changed_meanwhile"}


def test_a_field_that_the_form_did_not_show_is_asked_about():
    assert answer(sent({"name": "a"}), "b", "a") == {"note": "changed_meanwhile"}


@pytest.mark.parametrize("seen", [SURE, Seen.sent({"note": "b"})])
def test_what_no_form_has_shown_stands(seen):
    assert answer(seen, "b", "a") == {"note": "b"}
    assert answer(seen, "a", "a") == {}


VALUES = st.none() | st.integers(-9, 9) | st.text(max_size=2)


@given(st.dictionaries(st.sampled_from("abc"), st.tuples(VALUES, VALUES, VALUES)))
def test_nothing_that_another_wrote_is_lost_unasked(fields):
    shown, typed, now = ({name: of[n] for name, of in fields.items()} for n in range(3))
    conflicts, saved = {}, {}
    try:
        saved = sent(shown).changes(typed, now)
    except Stale as stale:
        conflicts = stale.conflicts
    assert all(shown[name] != now[name] for name in conflicts)
    for name, value in saved.items():
        assert shown[name] == now[name]
        assert value == typed[name]
