"""What the repository keeps is ours, and says nothing of where packages come from."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, kept_files, place

OTHERS = (".woff", ".woff2", ".ttf", ".otf", ".min.js", ".min.css", ".map", ".mo", ".whl", ".so")
PICTURES = (".png", ".jpg", ".webp", ".gif", ".ico")
LARGE = 400_000
SMALLEST_COPY = 400
# Written in two halves, so that this file does not hold what it forbids.
REGISTRIES = re.compile(
    "|".join(
        [
            r"registry\." + "(npmjs|yarnpkg)",
            "pypi" + r"\.org/(simple|packages)",
            "files" + r"\.pythonhosted",
            "--(extra-)?index" + "-url +[^ ]*:",
            '"resolved"' + ":",
        ]
    )
)


@pytest.fixture(scope="module")
def kept() -> list[Path]:
    files = kept_files()
    assert len(files) > 100
    return files


def test_nothing_made_by_others_is_kept(kept):
    copied = {_digest(path) for path in _files_of_others()}
    assert copied
    ours = [path for path in kept if path.stat().st_size > SMALLEST_COPY]
    assert not [place(path) for path in ours if _digest(path) in copied]
    assert not [place(path) for path in kept if path.name.endswith(OTHERS)]


def test_pictures_stand_in_the_documents_only(kept):
    pictures = [place(path) for path in kept if path.suffix in PICTURES]
    assert not [name for name in pictures if not name.startswith("docs/")]


def test_no_file_is_large(kept):
    assert not [place(path) for path in kept if path.stat().st_size > LARGE]


def test_no_file_names_a_registry(kept):
    assert any(path.name == "package-lock.json" for path in kept)
    texts = {place(path): path.read_bytes().decode(errors="replace") for path in kept}
    assert not [name for name, text in texts.items() if REGISTRIES.search(text)]


def test_every_package_is_locked_by_its_digest():
    for name in ("requirements.lock", "requirements-dev.lock"):
        packages = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
        assert len(packages) > 20
        assert not [package for package in packages if "--hash=sha256:" not in package]
        assert not [package for package in packages if "://" in package]


def _files_of_others() -> list[Path]:
    paths = (ROOT / "node_modules").rglob("*")
    return [p for p in paths if p.is_file() and SMALLEST_COPY < p.stat().st_size < LARGE]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
