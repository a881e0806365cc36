"""Every word shown has its Arabic; every reason has its sentence in both languages."""

import ast
import re
from collections.abc import Iterable
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from scripts.messages import KEYWORDS, OPTIONS, SAYS
from tests.house.tree import PACKAGE, PYTHON, STATIC, calls

ARABIC_PLURALS = 6
REASON = "reason"

Shown = tuple[str | None, str | tuple[str, ...]]


@cache
def catalogue(language: str) -> Catalog:
    with (PACKAGE / "locales" / language / "LC_MESSAGES" / "daftari.po").open("rb") as file:
        return read_po(file)


@cache
def shown() -> set[Shown]:
    """Every message of templates and code: its context, and its singular or its forms."""
    found = extract_from_dir(PACKAGE, SAYS, OPTIONS, KEYWORDS)
    return {(context, message) for _, _, message, _, context in found}


@cache
def reasons_in_code() -> set[str]:
    """Names given to `Refusal(field=…)`, `Conflict(…)`, `Reason(…)`, and to `read_choice` as its
    last argument, be it by a `partial`; `*` for what is filled in.
    """
    given = [
        value
        for path in PYTHON
        for call in calls(path, "Refusal", "Conflict", "Reason")
        for value in [*call.args[:1], *(keyword.value for keyword in call.keywords)]
    ]
    given += [
        value
        for path in PYTHON
        for call in calls(path, "read_choice", "partial")
        for value in call.args[2:3]
    ]
    return {name for value in given for name in _names(value)}


def reasons(language: str) -> dict[str, str]:
    return {m.id: m.string for m in catalogue(language) if m.context == REASON}


def test_every_message_has_its_arabic():
    assert len(shown()) > 50
    missing = [message for message in shown() if not _translated(*message)]
    assert not missing, _lines(missing)


def test_a_plural_has_all_six_arabic_forms():
    assert catalogue("ar").num_plurals == ARABIC_PLURALS
    plurals = [message for message in catalogue("ar") if message.pluralizable]
    assert plurals
    assert not [m.id for m in plurals if len(m.string) != ARABIC_PLURALS or not all(m.string)]


def test_no_translation_waits_for_a_message_that_is_gone():
    wanted = {(context, _first(message)) for context, message in shown()}
    kept = {(m.context, _first(m.id)) for m in catalogue("ar") if m.id and m.context != REASON}
    assert kept
    assert not kept - wanted, _lines(kept - wanted)


def test_no_translation_is_only_a_guess():
    assert not [m.id for language in ("ar", "en") for m in catalogue(language) if m.id and m.fuzzy]


def test_a_translation_fills_in_the_same_values():
    wrong = [m.id for m in catalogue("ar") if m.id and m.context != REASON and not _same_values(m)]
    assert not wrong


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_reason_has_its_words(language):
    known = {name for name, words in reasons(language).items() if words}
    assert len(reasons_in_code()) > 20
    wordless = [name for name in reasons_in_code() if not _any_matches(name, known)]
    assert not wordless, _lines(wordless)


def test_every_reason_with_words_is_given_somewhere():
    sources = [*PYTHON, *(STATIC / "js").rglob("*.js")]
    everything = "\n".join(path.read_text() for path in sources)
    filled_in = [name for name in reasons_in_code() if "*" in name]
    unused = [
        name
        for name in reasons("ar")
        if not re.search(f"[\"']{name}[\"']", everything)
        and not any(_any_matches(pattern, {name}) for pattern in filled_in)
    ]
    assert not unused, _lines(unused)


def test_a_reason_says_the_same_values_in_both_languages():
    arabic, english = reasons("ar"), reasons("en")
    assert arabic.keys() == english.keys()
    assert not [name for name in arabic if _braces(arabic[name]) != _braces(english[name])]


def _lines(found: Iterable[object]) -> str:
    return "\n".join(sorted(map(str, found)))


def _names(value: ast.expr) -> list[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value.value]
    if isinstance(value, ast.JoinedStr):
        return ["".join(p.value if isinstance(p, ast.Constant) else "*" for p in value.values)]
    if isinstance(value, ast.IfExp):
        return _names(value.body) + _names(value.orelse)
    return []


def _any_matches(name: str, known: set[str]) -> bool:
    pattern = re.compile(re.escape(name).replace(r"\*", ".+"))
    return any(pattern.fullmatch(one) for one in known)


def _translated(context: str | None, message: str | tuple[str, ...]) -> bool:
    found = catalogue("ar").get(_first(message), context)
    forms = found.string if found and isinstance(found.string, tuple) else (found and found.string,)
    return all(forms) and isinstance(message, tuple) == bool(found and found.pluralizable)


def _first(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def _same_values(message: object) -> bool:
    values = set(_percents(_first(message.id)))
    if message.pluralizable:
        values |= set(_percents(message.id[1]))
        return all(values - {"num"} <= set(_percents(form)) <= values for form in message.string)
    return set(_percents(message.string)) == values


def _percents(text: str) -> list[str]:
    return re.findall(r"%\((\w+)\)", text)


def _braces(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))
