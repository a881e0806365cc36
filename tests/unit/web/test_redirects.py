"""Where a form may send the browser afterwards."""

import pytest

from daftari.web.redirects import local_path


@pytest.mark.parametrize("path", ["/", "/s/1/", "/s/1/?q=%D8%A3&sort=name", "/a//b", "/a:b"])
def test_a_path_of_ours_stays(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "s/1/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "\n//evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/أ",
        "/a\r\nSet-Cookie: a=b",
    ],
)
def test_anything_else_is_the_first_page(path):
    assert local_path(path) == "/"
