"""A photo is drawn anew: what is kept is a picture and nothing else."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from daftari.kernel.pictures import LONG_EDGE, MOST_BYTES, redraw
from daftari.kernel.refusal import Refusal
from tests.photos import GPS, MAKER, a_photo, opened

UPRIGHT = 1
ON_ITS_SIDE = 6


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_comes_out_small_and_silent(kind):
    sent = a_photo((1680, 840), kind)
    said = opened(sent).getexif()
    assert (said[MAKER], len(said.get_ifd(GPS))) == ("Talkative Phone", 4)
    kept = redraw(sent)
    photo = opened(kept)
    assert (photo.format, photo.size) == ("WEBP", (LONG_EDGE, 800))
    assert not photo.getexif()
    assert not {"exif", "icc_profile", "xmp", "comment"} & photo.info.keys()
    assert b"Talkative" not in kept
    assert b"Abu Ali" not in kept


def test_a_small_photo_is_not_blown_up():
    assert opened(redraw(a_photo((300, 200)))).size == (300, 200)


def test_a_photo_stands_as_the_phone_was_held():
    upright, lying = (opened(redraw(a_photo(orientation=o))) for o in (UPRIGHT, ON_ITS_SIDE))
    assert (upright.size, lying.size) == ((640, 480), (480, 640))
    assert _is_dark(upright, 10, 10)
    assert _is_dark(lying, 470, 10)
    assert not _is_dark(lying, 10, 10)


def test_a_grey_picture_of_sixteen_bits_is_scaled_and_not_clipped():
    """A scanner's PNG: from black on the left to white on the right."""
    width = 256
    row = b"\0" + b"".join(struct.pack(">H", 257 * x) for x in range(width))
    header = struct.pack(">IIBBBBB", width, 64, 16, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(row * 64)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    drawn = opened(redraw(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))).convert("L")
    shades = [drawn.getpixel((x, 32)) for x in (8, 64, 128, 192, 247)]
    assert all(abs(shade - x) < 12 for shade, x in zip(shades, (8, 64, 128, 192, 247), strict=True))


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_jpeg_may_be_of_any_ink(mode):
    assert opened(redraw(a_photo(mode=mode))).size == (640, 480)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_a_png_may_be_of_any_ink(mode):
    assert opened(redraw(a_photo((64, 48), "PNG", mode=mode))).size == (64, 48)


def test_what_shines_through_lies_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(redraw(out.getvalue())).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.thorough
def test_a_photo_full_of_grain_is_made_smaller_until_it_fits():
    grain = Image.frombytes("RGB", (1100, 900), random.Random(7).randbytes(2_970_000))
    out = io.BytesIO()
    grain.save(out, "JPEG", quality=60)
    kept = redraw(out.getvalue())
    assert max(opened(kept).size) == 1024
    assert len(kept) < 2 * MOST_BYTES


def test_of_a_moving_picture_the_first_one_is_kept():
    first, second = (Image.new("RGB", (40, 40), colour) for colour in ("black", "white"))
    out = io.BytesIO()
    first.save(out, "WEBP", save_all=True, append_images=[second], lossless=True)
    kept = opened(redraw(out.getvalue()))
    assert kept.n_frames == 1
    assert _is_dark(kept, 20, 20)


def _a_gif() -> bytes:
    out = io.BytesIO()
    Image.new("P", (8, 8)).save(out, "GIF")
    return out.getvalue()


NO_PHOTOS = {
    "nothing": b"",
    "words": "دفتر أبو علي".encode(),
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "another format": _a_gif(),
    "a head without a body": a_photo()[:300],
    "half a photo": a_photo((1200, 900), "PNG")[:900],
    "half a small one": a_photo((1200, 900), "WEBP")[:-200],
}


@pytest.mark.parametrize("name", NO_PHOTOS)
def test_what_is_no_photo_is_refused_by_name(name):
    with pytest.raises(Refusal) as refused:
        redraw(NO_PHOTOS[name])
    assert refused.value.reasons["photo"].name == "photo_not_a_photo"


@pytest.mark.parametrize(("width", "height"), [(5000, 5000), (60_000, 60_000), (2**31 - 1, 1)])
def test_a_small_file_that_unpacks_to_gigabytes_is_refused_unpacked(width, height):
    with pytest.raises(Refusal) as refused:
        redraw(_bomb(width, height))
    assert refused.value.reasons["photo"].name == "photo_too_many_pixels"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_whatever_is_broken_in_a_photo_it_is_read_or_refused():
    """A thousand photos with a few bytes changed, none of which brings the reader down."""
    dice = random.Random(26)
    kinds = [a_photo((48, 36), kind) for kind in ("JPEG", "PNG", "WEBP")]
    refused = 0
    for _ in range(1000):
        broken = bytearray(dice.choice(kinds))
        for _ in range(dice.randint(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            redraw(bytes(broken))
        except Refusal:
            refused += 1
    assert 100 < refused < 1000


def _bomb(width: int, height: int) -> bytes:
    """A PNG that says it is that large, and has one row of it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    row = zlib.compress(bytes(4096))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def _is_dark(photo: Image.Image, x: int, y: int) -> bool:
    return sum(photo.convert("RGB").getpixel((x, y))) < 150
