"""The zip file of an export: the same content is the same bytes, and its manifest is right."""

import hashlib
import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from daftari.exports.jobs.archive import Archive
from daftari.exports.pages.words import plain_amount


class Sink:
    """Takes bytes, and can be neither read nor sought."""

    def __init__(self) -> None:
        self.bytes = BytesIO()

    def write(self, content: bytes) -> int:
        return self.bytes.write(content)

    def flush(self) -> None:
        """Nothing waits."""


def made() -> bytes:
    sink = Sink()
    archive = Archive(sink)
    with archive.file("book.html") as file:
        for number in range(100_000):
            file.text(f"سطر {number}\n")
    with archive.file("photos/1.webp", is_packed=False) as file:
        file.write(bytes(1000))
    archive.finish({"schema": 27})
    return sink.bytes.getvalue()


def test_the_same_content_is_the_same_bytes():
    assert made() == made()


def test_the_manifest_has_size_and_digest_of_every_other_file():
    archive = ZipFile(BytesIO(made()))
    assert archive.testzip() is None
    told = json.loads(archive.read("manifest.json"))
    assert (told["format"], told["version"], told["schema"]) == ("daftari-shop", 1, 27)
    assert [one["name"] for one in told["files"]] == ["book.html", "photos/1.webp"]
    for one in told["files"]:
        content = archive.read(one["name"])
        assert one["bytes"] == len(content)
        assert one["sha256"] == hashlib.sha256(content).hexdigest()


def test_text_is_packed_and_a_picture_is_not():
    kinds = {one.filename: one.compress_type for one in ZipFile(BytesIO(made())).infolist()}
    assert kinds["book.html"] == kinds["manifest.json"] == ZIP_DEFLATED
    assert kinds["photos/1.webp"] == ZIP_STORED


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (1250, "SAR", "12.50"),
        (-1250, "SAR", "-12.50"),
        (-5, "SAR", "-0.05"),
        (0, "SAR", "0.00"),
        (1234567, "KWD", "1234.567"),
        (1500, "YER", "1500"),
        (-1500, "YER", "-1500"),
    ],
)
def test_an_amount_in_a_sheet_is_a_plain_number(minor, currency, text):
    assert plain_amount(minor, currency) == text
