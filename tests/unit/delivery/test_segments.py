"""How many parts a short message takes."""

import pytest

from daftari.delivery.rules import segments_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # a pair is never cut in half
        ("ب" * 70, 1),
        ("ب" * 71, 2),
        ("ب" * 134, 2),
        ("ب" * 135, 3),
        ("a" * 69 + "ب", 1),
        ("a" * 160 + "ب", 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("ب" * 66 + "😀" + "ب" * 66, 3),
        ("عليك 45.00 ريال سعودي لبقالة النور", 1),
    ],
)
def test_a_text_is_counted_as_the_provider_counts(text, parts):
    assert segments_of(text) == parts
