"""A name as it sounds, in either script: «أبو علي», «Abu Ali» and «abou aly» are one.

Of a word its consonants are left, those that people write for each other as one letter. A vowel
stands for itself, as `a`, only where a word begins or ends with it. Twin of
`src/daftari/static/js/book/latin.js`; both answer to `tests/cases/names.json`.
"""

import re

from daftari.kernel.arabic import spelled

_ARABIC = {
    **dict(zip("بتثجحخدذرزسشصضطظغفقكلمنه", "btsjhxdzrzscsdtzqfkklmnh", strict=True)),
    **dict.fromkeys("اعوي", "a"),
}
_LATIN = {
    **dict(zip("bptjghxdrzskqcfvlmn", "bbtjjhxdrzskkkfflmn", strict=True)),
    **dict.fromkeys("aeiouwy", "a"),
}
_PAIRS = {"sh": "c", "ch": "c", "kh": "x", "gh": "q", "th": "s", "dh": "z", "ph": "f"}
_SOUNDS = _ARABIC | _LATIN | _PAIRS
_BEGINS = {"و": "w", "ي": "y", "w": "w", "y": "y"}
_parts = re.compile("[skgctdp]h|.").findall
_ends_open = re.compile("(?<=[ae])h$|ه$").sub
_inner_vowels = re.compile("(?<!^)a(?!$)").sub
_joined_father = re.compile(r"(?<!\S)ابو(?=\S{2})").sub
_doubled = re.compile(r"(.)\1+").sub
_LEAST = 3  # letters by which a word that is still being typed is looked for


def is_latin(text: str) -> bool:
    """Whether a text, as `spelled` has it, has Latin letters."""
    return any("a" <= letter <= "z" for letter in text)


def sound(text: str) -> str:
    """The words of a text as they sound, with single blanks between them."""
    words = _joined_father("ابو ", spelled(text)).split()
    return " ".join(filter(None, map(_sound_of, words)))


def sound_of_word(word: str) -> str:
    """What a word of a search in Latin letters is looked for by besides; '' for any other.

    Its last vowel may belong to a word that is still being typed.
    """
    if not is_latin(word):
        return ""
    whole = _sound_of(word)
    begun = whole.removesuffix("a")
    return begun if len(begun) >= _LEAST else whole if len(whole) > 1 else ""


def _sound_of(word: str) -> str:
    heard = [_SOUNDS.get(part, "") for part in _parts(_ends_open("a", word))]
    begin = _BEGINS.get(word[:1])
    if begin:
        heard[0] = begin
    joined = _doubled(r"\1", "".join(heard))
    return _doubled(r"\1", _inner_vowels("", joined))
