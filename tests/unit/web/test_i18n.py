"""A reason has its sentence in both languages, with its values in the shop's digits."""

from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from daftari.kernel.money import COMMA
from daftari.kernel.refusal import Reason
from daftari.web import i18n


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    catalogue = Catalog(locale="ar")
    catalogue.add("too_much", "أكثر من {limit}", context="reason")
    catalogue.add("too_long", "أكثر من {most} حرفًا", context="reason")
    catalogue.add("plain", "لا", context="reason")
    file = BytesIO()
    write_mo(file, catalogue)
    words = GNUTranslations(BytesIO(file.getvalue()))
    monkeypatch.setattr(i18n, "catalogue", lambda language: words)


def test_a_reason_without_values_is_its_sentence():
    assert i18n.reason_text("ar", Reason("plain")) == "لا"


def test_a_number_appears_in_the_shops_digits():
    too_long = Reason("too_long", {"most": 120})
    assert i18n.reason_text("ar", too_long) == "أكثر من 120 حرفًا"
    assert i18n.reason_text("ar", too_long, "arab") == "أكثر من ١٢٠ حرفًا"


@pytest.mark.parametrize(
    ("currency", "limit", "words"),
    [("SAR", 123456, "أكثر من 1.234,56"), ("KWD", 1234567, "أكثر من 1.234,567")],
)
def test_an_amount_appears_in_the_shops_notation(currency, limit, words):
    too_much = Reason("too_much", {"limit_minor": limit, "currency": currency})
    assert i18n.reason_text("ar", too_much, "latn", COMMA) == words
