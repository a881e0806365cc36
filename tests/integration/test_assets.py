"""What the browser gets: once per build, packed, and found again after a new release."""

import gzip
import re
import struct
from collections.abc import Iterable, Iterator
from os.path import normpath
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont
from litestar import Litestar
from litestar.testing import TestClient

from daftari.offline.pages.worker import BOOK, modules_of
from daftari.web.assets import BUILT, Asset, Assets
from daftari.web.i18n import LOCALES

STYLE = b"body { color: black }\n" * 40
FIRST_VISIT = 100_000
OFFLINE = 68_000
WORKER = "js/worker/"


def assets(style: bytes = STYLE) -> Assets:
    packed = {"br": brotli.compress(style), "gzip": gzip.compress(style)}
    return Assets(
        {
            "css/daftari.css": Asset("text/css", style, packed),
            "icons/app.png": Asset("image/png", b"\x89PNG", {}),
        }
    )


@pytest.fixture
def browser() -> Iterator[TestClient[Litestar]]:
    with TestClient(Litestar([assets().route()], openapi_config=None)) as client:
        yield client


def test_a_file_is_kept_for_ever_under_its_build(browser):
    answer = browser.get(assets().url("css/daftari.css"))
    assert answer.content == STYLE
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("BR;q=1.0", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.0, gzip;q=0", None),
        ("identity", None),
        ("", None),
        (",;q,;;=", None),
    ],
)
def test_text_comes_packed_as_the_browser_can_unpack_it(browser, accepted, encoding):
    url = assets().url("css/daftari.css")
    answer = browser.get(url, headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == STYLE


def test_a_picture_comes_as_it_is(browser):
    answer = browser.get(assets().url("icons/app.png"))
    assert answer.content == b"\x89PNG"
    assert not {"content-encoding", "vary"} & set(answer.headers)


def test_an_old_page_is_sent_on_to_the_file_of_this_build(browser):
    answer = browser.get("/static/0123456789ab/css/daftari.css", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (
        302,
        assets().url("css/daftari.css"),
    )
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["css/gone.css", "../pyproject.toml", "%2e%2e/app.py", "css/", ""])
def test_what_is_not_there_is_not_found(browser, path):
    assert browser.get(f"/static/{assets().build}/{path}").status_code == 404


def test_a_change_makes_another_build():
    assert assets().build == assets().build
    assert assets().build != assets(STYLE + b" ").build


def test_a_page_cannot_name_a_file_that_is_not_there():
    with pytest.raises(KeyError):
        assets().url("css/gone.css")


def test_whatever_the_built_style_and_scripts_refer_to_is_there():
    built = Assets.read()
    style = (BUILT / "css" / "daftari.css").read_text()
    fonts = re.findall(r"url\(\"?\.\./([\w/.-]+)", style)
    scripts = {path: (BUILT / path).read_text() for path in built.paths if path.startswith("js/")}
    imports = {
        normpath(Path(path).parent / name)
        for path, text in scripts.items()
        for name in re.findall(r"(?:from|import) ?\(?['\"](\.\.?/.+?)['\"]", text)
    }
    assert fonts
    assert set(fonts) <= set(built.paths)
    assert len(imports) > 10
    assert imports <= set(built.paths)


def test_the_fonts_hold_every_letter_of_the_catalogues():
    fonts = sorted((BUILT / "fonts").glob("*.woff2"))
    held = {chr(code) for font in fonts for code in TTFont(font).getBestCmap()}
    catalogues = sorted(LOCALES.glob("*/LC_MESSAGES/daftari.po"))
    spoken = set("".join(path.read_text() for path in catalogues)) | set("٠١٢٣٤٥٦٧٨٩٬٫")
    assert len(spoken) > 100
    assert not spoken - held - {"\n"}


@pytest.mark.parametrize(
    ("icon", "size"),
    [("app-180", 180), ("app-192", 192), ("app-512", 512), ("app-maskable-512", 512)],
)
def test_a_phone_gets_an_icon_of_its_size(icon, size):
    drawn = (BUILT / "icons" / f"{icon}.png").read_bytes()
    assert drawn.startswith(b"\x89PNG")
    assert struct.unpack(">II", drawn[16:24]) == (size, size)  # width and height in IHDR


def packed(paths: Iterable[str]) -> int:
    """Bytes of these files as a browser gets them."""
    twins = [BUILT / f"{path}.br" for path in paths]
    return sum(twin.stat().st_size for twin in twins)


def test_all_that_a_first_visit_may_load_leaves_room_for_the_page():
    built = Assets.read()
    for_a_hand = [
        path for path in built.paths if re.match(r"js/parts/(sheet|entry|split-view)-", path)
    ]
    scripts = {
        module
        for start in ("js/app.js", *for_a_hand)
        for module in modules_of(start, built.content, at_once=True)
    }
    always = ["css/daftari.css", "vendor/htmx.min.js", "icons/sprite.svg"]
    fonts = sum(font.stat().st_size for font in BUILT.glob("fonts/*.woff2"))
    assert len(for_a_hand) == 3
    assert fonts + packed([*scripts, *always]) < FIRST_VISIT * 0.9


def test_what_the_phone_keeps_the_book_with_stays_small():
    """The whole book while nobody answers, with the sheet and its words, and the worker."""
    built = Assets.read()
    worker = [path for path in built.paths if path.startswith(WORKER)]
    book = modules_of(BOOK, built.content)
    assert len(worker) > 2
    assert len(book) <= 40
    assert packed([*book, *worker]) < OFFLINE
