"""How a page is looked at: nothing too wide, nothing too small, nothing unreadable."""

from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
PROBES = Path(__file__).with_name("probes.js")
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
FAULTS = ("tooWide", "tooSmall", "tooTiny", "underABar", "submitOutOfSight", "readableAmounts")
COLOURS = ["color-contrast", "link-in-text-block"]


def probed(page: Page) -> Page:
    """The page with its fonts, and the probes beside it: CDP puts them in, past the policy."""
    page.evaluate("document.fonts.ready.then(() => null)")
    page.evaluate(PROBES.read_text())
    return page


def assert_it_fits(page: Page) -> None:
    """At 320 px, and with twice the text, nothing sticks out, is too small or under a bar; the
    button of a form is in sight; hidden amounts cannot be read; axe is content. The dark theme
    changes colours only (`tests/house/test_styles.py`): only they are judged there once more.
    """
    probed(page)
    assert page.evaluate("probes.targets()") > 0
    assert page.evaluate("probes.headings()") > 0
    faults = {name: page.evaluate(f"probes.{name}()") for name in FAULTS}
    page.set_viewport_size({"width": 360, "height": 800})
    faults["at twice the text"] = page.evaluate("probes.atTwiceTheText()")
    assert not any(faults.values()), faults
    page.evaluate(AXE.read_text())
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = page.evaluate("probes.axeFinds", {"without": COLOURS})
    assert found["violations"] == [], found["violations"]
    assert page.evaluate("probes.lettersToX()") > 3
    page.evaluate("probes.onlyTheDialog()")
    for theme in THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found = page.evaluate("probes.axeFinds", {"only": COLOURS})
        assert found["violations"] == [], (theme, found["violations"])
        assert found["judged"] >= 3, "contrast was not looked at"
