"""Normalization of Arabic text: a search key, and a form that is safe to show.

Twin of `src/daftari/static/js/book/fold.js`; both answer to `tests/cases/names.json`.
"""

import re
import unicodedata
from collections.abc import Iterable

from daftari.kernel.digits import TO_LATIN

_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
_INVISIBLE = (0x00AD, 0x200B, 0x2060, 0xFEFF)
_JOINERS = (0x200C, 0x200D)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_HALVES = range(0xD800, 0xE000)  # of a surrogate pair: no file can hold one alone
_LINE_ENDS = (0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_BLANKS = "\n \u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_LOOKS_BLANK = "\u115f\u1160\u2800\u3164\uffa0\u200c\u200d"
_MARKS = (*range(0x300, 0x370), *range(0x610, 0x61B), *range(0x64B, 0x660), 0x670)
_QURAN_MARKS = (*range(0x6D6, 0x6DD), *range(0x6DF, 0x6E5), 0x6E7, 0x6E8, *range(0x6EA, 0x6EE))
_TATWEEL = 0x0640
_HAMZAS = (0x621, 0x674)  # alone, as in «علاء»: many leave it out
# Of Persian, Urdu, Kurdish and the Maghreb, and what people write for them in Arabic.
_LETTERS = {
    "ا": "ٱٲٳ",
    "ب": "پ",
    "ت": "ٹ",
    "ج": "چ",
    "د": "ڈ",
    "ر": "ڑړڕ",
    "ز": "ژ",
    "ف": "ڤڥڢ",
    "ق": "ڨڧ",
    "ك": "کڪگګڬڭ",
    "ل": "ڵ",
    "ن": "ںڼڹ",
    "ه": "ةۃہھەۿ",
    "و": "ۆۇۈۋ",
    "ي": "ىیېۍێۑے",
}
# Names of two words that are as often written as one: after a word of the first set, before one of
# the second.
_JOINED_TO_NEXT = frozenset(["ابو", "ابي", "ابا", "بو", "با", "ام", "بن", "عبد", "ذو", "ذي"])
_JOINED_TO_LAST = frozenset(
    ["الله", "الدين", "الرحمن", "العابدين", "الاسلام", "الهدي", "الحق", "الزمان"]
)
_BEFORE_NAMES = frozenset(
    ("أبو", "ابو", "أبي", "ابي", "أبا", "ابا", "أم", "ام", "ابن", "بن", "بنت", "Abu", "Umm")
)
_WORDS_BEFORE, _WORDS_OF_AN_EXCERPT = 3, 9


def _without(*families: Iterable[int]) -> dict[int, str]:
    return {code: "" for family in families for code in family}


_FOLDED = (
    _without(
        _DIRECTION, _INVISIBLE, _JOINERS, _HALVES, _MARKS, _QURAN_MARKS, _HAMZAS, (0, _TATWEEL)
    )
    | {ord(form): letter for letter, forms in _LETTERS.items() for form in forms}
    | TO_LATIN
)
_one_of_two = re.compile("([او])\\1+").sub
_last_ya = re.compile(r"ي{2,}(?!\S)").sub  # «يحيى» and «محيي» lose one as often as not
_ONE_LINE = (
    _without(_DIRECTION, _INVISIBLE, _CONTROLS, _HALVES)
    | dict.fromkeys(_LINE_ENDS, " ")
    | {0x09: " "}
)
_MANY_LINES = _ONE_LINE | dict.fromkeys(_LINE_ENDS, "\n")


def fold(text: str) -> str:
    """The key of a name: two names that people take for the same have the same key.

    On top of `spelled`, names of two words are one word («أبو علي» is «ابوعلي», «نور الدين» is
    «نورالدين»), and «ابن» is «بن».
    """
    parts: list[str] = []
    before = ""
    for typed in spelled(text).split():
        word = "بن" if typed == "ابن" else typed
        parts += ["" if _is_one_name(before, word) else " ", word]
        before = word
    return _one_of_two(r"\1", "".join(parts).strip(" "))


def _is_one_name(before: str, word: str) -> bool:
    """Whether two words are one name. A single letter or «ال» is not a name of its own."""
    if min(len(before), len(word)) < 2 or "ال" in (before, word):
        return False
    if word in _JOINED_TO_LAST:
        return before[-1].isalpha()
    return before in _JOINED_TO_NEXT and word[0].isalpha()


def spelled(text: str) -> str:
    """The text as a search sees it: spellings of a word that people treat as equal are equal.

    Ignored are compatibility forms, vowel marks, tatweel, accents, case, kinds of digits, variants
    of letters, a hamza that stands alone, a doubled alef or waw, a doubled ya at the end. Blanks
    are single, and «عبد الله» equals «عبدالله» (also while only «عبد ا» is typed).
    """
    plain = unicodedata.normalize("NFKD", text).translate(_FOLDED).casefold()
    plain = _one_of_two(r"\1", unicodedata.normalize("NFC", plain))
    words = " " + _last_ya("ي", " ".join(plain.split()))
    joined = words.replace(" عبد ال", " عبدال")
    if joined.endswith(" عبد ا"):
        joined = joined.removesuffix(" ا") + "ا"
    return joined[1:]


def text_key(*texts: str) -> str:
    """The key of notes and other texts, in which a search looks for words."""
    return "\t".join(filter(None, map(spelled, texts)))


def excerpt(text: str, words: Iterable[str]) -> str:
    """The part of a text around the first word that has one of `words`, as `spelled` has them."""
    parts, wanted = text.split(), tuple(words)
    found = (at for at, part in enumerate(parts) if any(word in spelled(part) for word in wanted))
    start = max(next(found, 0) - _WORDS_BEFORE, 0)
    end = start + _WORDS_OF_AN_EXCERPT
    shown = " ".join(parts[start:end])
    return ("… " if start else "") + shown + (" …" if end < len(parts) else "")


def neutral(text: str, multiline: bool = False) -> str:
    """The text without invisible characters: NFC, trimmed, without direction or other controls.

    Line ends and tabs become blanks, so that words stay separate; with `multiline` every kind of
    line end becomes a newline. Joiners inside a text stay: emoji and Persian need them.
    """
    if multiline:
        kept = text.replace("\r\n", "\n").translate(_MANY_LINES)
    else:
        kept = text.translate(_ONE_LINE)
    return unicodedata.normalize("NFC", kept).strip(_BLANKS + _LOOKS_BLANK)


def initial(name: str) -> str:
    """The letter for a name's avatar: ع for «أبو علي», ب for «البقال»; empty for no name."""
    words = name.split()
    while len(words) > 1 and words[0] in _BEFORE_NAMES:
        del words[0]
    letters = "".join(words)
    if not letters.isalnum():
        letters = "".join(filter(str.isalnum, letters))
    if len(letters) > 3:
        letters = letters.removeprefix("ال")
    return (letters or name)[:1].upper()
