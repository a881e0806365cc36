"""The asset build: makes every file for the browser that is not in the repository.

Sources are `static/` (our CSS, JavaScript and icons) and `node_modules/` (third-party files); the
output is `static/built/`, which git ignores and a wheel contains. Catalogues of `locales/` are
compiled beside their sources. `make assets` runs it; the server imports neither this module nor its
build dependencies.
"""

import gzip
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from os import getpid
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import resvg_py
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from daftari.web.i18n import compile_catalogue

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"
BUILT = STATIC / "built"
PICTURES = PACKAGE.parent.parent / "docs" / "pictures" / "install"
VENDOR = PACKAGE.parent.parent / "node_modules"
FONT = VENDOR / "@fontsource-variable" / "vazirmatn"
PAPER = VENDOR / "@expo-google-fonts" / "ibm-plex-sans-arabic"
HTMX = VENDOR / "htmx.org"
ESBUILD = VENDOR / ".bin" / "esbuild"
IDB = VENDOR / "idb"

# Entry points of the bundle: modules that a page or a test names. Other modules are bundled into
# these, or into a chunk that several of them share.
PAGES = (
    "js/app.js",
    "js/book/offline-book.js",
    "js/codes.js",
    "js/former.js",
    "js/lock-gate.js",
    "js/passkey.js",
    "js/phone-link.js",
    "js/phone/phone.js",
)
WORKER = "js/worker"

MADE_FROM = ("css", "built")
SCRIPT = {".js", ".ts"}
PACKABLE = {".css", ".js", ".svg", ".txt"}
ICONS = {
    "icons/app-192.png": ("icons/app.svg", 192),
    "icons/app-512.png": ("icons/app.svg", 512),
    "icons/app-maskable-512.png": ("icons/app-maskable.svg", 512),
    "icons/app-180.png": ("icons/app-maskable.svg", 180),
    "icons/app-monochrome-512.png": ("icons/app-monochrome.svg", 512),
}
# Shortcuts of the installed app, each with a drawing of the sprite.
SHORTCUTS = {"new-entry": "plus", "due": "due", "new-customer": "person-add"}
SHORTCUT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
<rect width="48" height="48" rx="12" fill="#0e5a55"/>
<g transform="translate(9.6 9.6) scale(1.2)" fill="none" stroke="#fffdf8" stroke-width="2"
stroke-linecap="round" stroke-linejoin="round">{drawing}</g></svg>"""
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".br": partial(brotli.compress, quality=11),
    ".gz": partial(gzip.compress, compresslevel=9, mtime=0),
}
WEIGHTS = (400, 800)
# The letters of Arabic with its marks, those of Persian and Urdu names, and both kinds of digits.
ARABIC = (
    "\u060c\u061b\u061f\u0621-\u063a\u0640-\u0655\u0660-\u066d\u0670\u0671"
    "\u067e\u0686\u0698\u06a4\u06a9\u06af\u06cc\u06f0-\u06f9\u200c-\u200f"
)
# Plain Latin with the accents of French, which much of the Maghreb writes.
LATIN = (
    " -~\u00a0\u00ab\u00b7\u00bb\u00d7\u00f7ÀÂÇÈÉÊÎÔàâçèéêëîïôùûü"
    "\u2010-\u2015\u2018-\u201d\u2022\u2026\u2212"
)

Made = Iterator[tuple[str, bytes]]


def build(built: Path = BUILT) -> None:
    """Make every file, each written atomically, and delete files of earlier builds."""
    kept = set()
    for path, content in _everything():
        kept |= set(_put(built / path, content))
    for leftover in {path for path in built.rglob("[!.]*.*") if path.suffix != ".half"} - kept:
        leftover.unlink()
    for source in sorted(PACKAGE.glob("locales/*/LC_MESSAGES/daftari.po")):
        compile_catalogue(source, source.with_suffix(".mo"))


def _everything() -> Made:
    yield from _ours()
    yield "css/daftari.css", _stylesheet()
    yield from _icons()
    yield from _pictures()
    yield "vendor/htmx.min.js", (HTMX / "dist" / "htmx.min.js").read_bytes()
    yield "vendor/htmx-licence.txt", (HTMX / "LICENSE").read_bytes()
    yield "vendor/idb-licence.txt", (IDB / "LICENSE").read_bytes()
    yield "fonts/vazirmatn-arabic.woff2", _font("arabic", ARABIC)
    yield "fonts/vazirmatn-latin.woff2", _font("latin", LATIN)
    yield "fonts/vazirmatn-licence.txt", (FONT / "LICENSE").read_bytes()
    yield from _letter_of_papers()


def _letter_of_papers() -> Made:
    """The letter that PDF files are set in. No browser gets it: its files are no assets."""
    for style in ("400Regular", "700Bold"):
        name = f"IBMPlexSansArabic_{style}.ttf"
        yield f"paper/{name}", (PAPER / style / name).read_bytes()
    yield "paper/ibm-plex-sans-arabic-licence.txt", (PAPER / "LICENSE_FONT").read_bytes()


def _ours() -> Made:
    paths = [path.relative_to(STATIC) for path in sorted(STATIC.rglob("*")) if path.is_file()]
    yield from _scripts(*PAGES, together=True)
    worker = [path.as_posix() for path in paths if path.is_relative_to(WORKER)]
    yield from _scripts(*worker, together=False)
    for path in paths:
        if path.parts[0] not in MADE_FROM and path.suffix not in SCRIPT:
            yield path.as_posix(), (STATIC / path).read_bytes()


def _scripts(*places: str, together: bool) -> Made:
    """The minified scripts; `together`: bundled with the modules they import."""
    with TemporaryDirectory() as made:
        command = [str(ESBUILD), "--minify", "--charset=utf8", "--log-level=warning"]
        where = [f"--outdir={made}", f"--outbase={STATIC}"]
        parts = ["--bundle", "--splitting", "--format=esm", "--chunk-names=js/parts/[name]-[hash]"]
        subprocess.run(
            [*command, *where, *(parts if together else ()), *places], cwd=STATIC, check=True
        )
        for path in sorted(Path(made).rglob("*.js")):
            yield path.relative_to(made).as_posix(), path.read_bytes()


def _stylesheet() -> bytes:
    """The stylesheet: all parts joined in the order of `css/order.txt`, without comments."""
    names = (STATIC / "css" / "order.txt").read_text().split()
    text = "\n".join((STATIC / "css" / name).read_text() for name in names)
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", bare).strip().encode()


def _icons() -> Made:
    for path, (source, size) in ICONS.items():
        drawing = (STATIC / source).read_text()
        yield path, _drawn(drawing, size)
    sprite = (STATIC / "icons" / "sprite.svg").read_text()
    for name, symbol in SHORTCUTS.items():
        found = re.search(rf'<symbol id="{symbol}"[^>]*>(.*?)</symbol>', sprite)
        assert found, symbol
        yield f"icons/shortcut-{name}.png", _drawn(SHORTCUT.format(drawing=found[1]), 96)


def _drawn(drawing: str, size: int) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=size, height=size))


def _pictures() -> Made:
    """Pictures of the app for the manifest and the preview of the landing page."""
    for picture in sorted(PICTURES.glob("*.png")):
        yield f"pictures/{picture.name}", picture.read_bytes()


def _font(name: str, letters: str) -> bytes:
    """The variable font, subset to `letters` and the weights in use: less than half the bytes."""
    font = TTFont(FONT / "files" / f"vazirmatn-{name}-wght-normal.woff2", recalcTimestamp=False)
    cutter = Subsetter(Options(layout_features=["*"], hinting=False))
    cutter.populate(unicodes=_code_points(letters))
    cutter.subset(font)
    cut = instantiateVariableFont(font, {"wght": WEIGHTS})
    cut.flavor = "woff2"
    out = BytesIO()
    cut.save(out)
    return out.getvalue()


def _code_points(letters: str) -> set[int]:
    """The code points of a character class, written as in a regular expression: 'a-z…'."""
    return {code for code in range(0x10000) if re.match(f"[{letters}]", chr(code))}


def _put(path: Path, content: bytes) -> Iterator[Path]:
    """Write a file and, when it is text, its compressed variants beside it."""
    _write(path, content)
    yield path
    for suffix, pack in PACKERS.items() if path.suffix in PACKABLE else ():
        twin = path.with_name(path.name + suffix)
        _write(twin, pack(content))
        yield twin


def _write(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{getpid()}.half")
    half.write_bytes(content)
    half.replace(path)


if __name__ == "__main__":
    build()
