"""Only our own pages may ask for a act."""

import pytest

from daftari.web.csrf import comes_from_us

ORIGIN = "https://shop.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "https://other.example"},
        {"origin": ORIGIN},
        {"origin": ORIGIN, "referer": "https://other.example/"},
        {"referer": f"{ORIGIN}/s/1/"},
        {"referer": ORIGIN},
    ],
)
def test_our_own_page_may(headers):
    assert comes_from_us(headers, ORIGIN)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "origin": ORIGIN},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://shop.example"},
        {"origin": "https://shop.example:8443"},
        {"origin": "https://shop.example.evil.example"},
        {"referer": "https://shop.example.evil.example/"},
        {"referer": "https://shop.example@evil.example/"},
        {"referer": "/s/1/"},
    ],
)
def test_nobody_else_may(headers):
    assert not comes_from_us(headers, ORIGIN)
