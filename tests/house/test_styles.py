"""The style knows start and end; its colours are tokens, and can be read in both themes."""

import re
from collections.abc import Iterator

import pytest

from tests.house.tree import STATIC, STYLES

TOKENS = STATIC / "css" / "tokens.css"
DESKTOP = STATIC / "desktop" / "desktop.css"  # a file of its own, which no phone fetches
GROUNDS = ("paper", "sheet", "raised", "hover", "waiting")
INKS = ("ink", "ink-soft", "ink-faint", "brand", "debt", "pay", "late")
PAIRS = [
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *((ink, f"{ink}-soft") for ink in ("brand", "debt", "pay", "late")),
    *((f"on-{colour}", f"{colour}-fill") for colour in ("brand", "debt", "pay")),
    *((f"on-{colour}", f"{colour}-pressed") for colour in ("brand", "debt", "pay")),
]
READABLE = 4.5
DARK = "@media (prefers-color-scheme: dark)"


@pytest.fixture(scope="module")
def styles() -> dict[str, str]:
    assert len(STYLES) > 10
    return {path.name: _bare(path.read_text()) for path in (*STYLES, DESKTOP)}


def test_the_order_names_every_file_once(styles):
    named = (STATIC / "css" / "order.txt").read_text().split()
    assert sorted([*named, DESKTOP.name]) == sorted(styles)


def test_nothing_stands_left_or_right(styles):
    notch = re.compile(r"env\(safe-area-inset-(left|right)")  # has no other name
    sides = {
        name: found
        for name, text in styles.items()
        if (found := re.findall(r"[\w-]*\b(?:left|right)\b[\w-]*", notch.sub("", text)))
    }
    assert not sides


def test_colours_are_named_in_the_tokens_only(styles):
    colour = re.compile(r"#[0-9a-f]{3,8}\b(?![^{};]*\{)|\b(?:rgb|hsl|oklch|lab)a?\(", re.IGNORECASE)
    assert colour.search(styles["tokens.css"])
    named = {name: found for name, text in styles.items() if (found := colour.findall(text))}
    assert set(named) <= {"tokens.css", "print.css"}, named


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_on_every_ground(theme):
    tokens = _tokens(theme)
    contrasts = {pair: round(_contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in PAIRS}
    assert len(contrasts) > 40
    assert not {pair: value for pair, value in contrasts.items() if value < READABLE}


def test_the_two_themes_differ():
    light, dark = _tokens("light"), _tokens("dark")
    assert light["paper"] != dark["paper"]
    assert light.keys() == dark.keys()


def test_the_dark_theme_changes_tokens_and_nothing_else(styles):
    """So a page that is well made in light is so in dark, its colours apart."""
    asks = {name for name, text in styles.items() if "prefers-color-scheme" in text}
    assert asks == {"tokens.css"}
    scripts = [path for path in STATIC.rglob("*.js") if "built" not in path.parts]
    assert len(scripts) > 50
    assert not [path.name for path in scripts if "color-scheme" in path.read_text()]
    _, _, dark = styles["tokens.css"].partition(DARK)
    block = re.fullmatch(r"\s*\{\s*:root\s*\{([^{}]*)\}\s*\}\s*", dark)
    assert block, "more than one block of tokens"
    names = [part.strip() for part in re.findall(r"([^;:]+):[^;]+;", block[1])]
    assert len(names) > 30
    assert [name for name in names if not name.startswith("--")] == []


def _tokens(theme: str) -> dict[str, str]:
    light, _, dark = _bare(TOKENS.read_text()).partition(DARK)
    tokens = dict(_hex_colours(light))
    return tokens | dict(_hex_colours(dark)) if theme == "dark" else tokens


def _hex_colours(text: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r"--([\w-]+):\s*#([0-9a-f]{6})\b", text)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours 'rrggbb': 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _bare(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
