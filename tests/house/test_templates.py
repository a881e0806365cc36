"""Templates hold no code, and no words of their own."""

import re
from html.parser import HTMLParser

import pytest

from daftari.web.assets import Assets
from tests.house.tree import TEMPLATES, place

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title", "aria-description"}
# A language is called by its own name, whatever the page speaks.
NOT_TRANSLATED = {"العربية", "English"}


class Reader(HTMLParser):
    """Collects the code and the bare words of one template whose Jinja was taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.code: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in given):
            self.code.append(f"<{tag}>")
        self.code += [name for name, value in given.items() if _is_code(name, value)]
        for name in SPOKEN_ATTRIBUTES & given.keys():
            self.handle_data(given[name])

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if re.search(r"[^\W\d_]{2}", words) and words not in NOT_TRANSLATED:
            self.words.append(words)


def _is_code(name: str, value: str) -> bool:
    handler = name.startswith(("on", "hx-on")) or name == "style"
    return handler or value.strip().lower().startswith(("javascript:", "js:"))


@pytest.fixture(scope="module")
def templates() -> dict[str, Reader]:
    readers = {}
    for path in TEMPLATES:
        readers[place(path)] = reader = Reader()
        reader.feed(JINJA.sub("", path.read_text()))
    assert sum(len(reader.tags) for reader in readers.values()) > 200
    return readers


def test_no_code_stands_in_a_template(templates):
    assert not {name: reader.code for name, reader in templates.items() if reader.code}


def test_every_word_comes_from_the_catalogue(templates):
    assert not {name: reader.words for name, reader in templates.items() if reader.words}


def test_a_page_names_only_assets_that_are_there():
    named = {
        asset
        for path in TEMPLATES
        for asset in re.findall(r"view\.asset\(['\"]([^'\"]+)['\"]\)", path.read_text())
    }
    assert len(named) > 3
    gone = named - set(Assets.read().paths)
    assert not gone


def test_nothing_is_marked_safe_by_hand():
    unsafe = re.compile(r"\|\s*safe\b|autoescape false")
    assert not [place(path) for path in TEMPLATES if unsafe.search(path.read_text())]
