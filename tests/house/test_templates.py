"""Templates hold no code, and no words of their own."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from daftari.web.assets import Assets
from tests.house.tree import PACKAGE, PYTHON, TEMPLATES, calls, place

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


def test_a_template_that_a_route_names_is_there():
    """`render` gets the whole name, `show` of a room the names of a page and of its fragment."""
    named = set()
    for path in (path for path in PYTHON if "routes" in path.parts):
        room = path.relative_to(PACKAGE).parts[0]
        named |= {f"{room}/{name}.html" for call in calls(path, "show") for name in _texts(call)}
        named |= {name for call in calls(path, "render") for name in _texts(call)}
    assert len(named) > 40
    assert not {name for name in named if not (PACKAGE / "templates" / name).is_file()}


def _texts(call: ast.Call) -> Iterator[str]:
    """The texts a call is given, also where an argument chooses between two."""
    for argument in call.args:
        chosen = isinstance(argument, ast.IfExp)
        for one in [argument.body, argument.orelse] if chosen else [argument]:
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield one.value


def test_the_number_of_what_is_due_belongs_to_the_frame():
    showing = [place(path) for path in TEMPLATES if ".due_count" in path.read_text()]
    assert [name.split("templates/")[1] for name in showing] == ["layout/_due_count.html"]
    pages = [path for path in PYTHON if "pages" in (*path.parts, path.stem)]
    assert len(pages) > 30
    assert not [place(path) for path in pages if "due_count" in path.read_text()]
