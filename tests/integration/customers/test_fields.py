"""What the form, the table, the phone and erasure make of the declared details of a customer."""

import re
from dataclasses import fields

import pytest

from daftari.customers.pages.customer import IN_SIGHT
from daftari.customers.personal_data import CLAIMS
from daftari.customers.rules import BLANK, DETAILS, LONGEST, Details
from daftari.customers.tables import customers
from daftari.db.base import Personal
from daftari.identity.rules import Shop
from daftari.kernel.money import POINT
from daftari.kernel.refusal import Refusal
from daftari.offline.forms.items import DetailsOfItem
from daftari.offline.pages.snapshot import CustomerOnPhone
from tests.form_reader import FormReader
from tests.house.tree import PACKAGE

SHOP = Shop("s", "بقالة النور", "SA", "SAR", "Asia/Riyadh", "latn", POINT, (4, 5), "gregorian", 30)
COLUMNS = [detail.column for detail in DETAILS]


def test_every_detail_is_declared_in_its_order():
    assert [field.name for field in fields(Details)] == COLUMNS


async def test_every_detail_is_on_the_form_and_takes_no_more_than_its_reader(umm_salim):
    form = FormReader((await umm_salim.get("/customers/new")).text)
    assert {detail.name: form.longest[detail.name] for detail in DETAILS} == {
        detail.name: detail.longest for detail in DETAILS
    }
    assert {detail.name for detail in DETAILS} - form.folded == set(IN_SIGHT)


@pytest.mark.parametrize("detail", [one for one in DETAILS if one.longest], ids=lambda it: it.name)
def test_a_longer_text_is_refused(detail):
    with pytest.raises(Refusal):
        detail.read("ع" * (detail.longest + 1), SHOP)


@pytest.mark.parametrize("detail", DETAILS, ids=lambda it: it.name)
def test_an_empty_text_means_that_nothing_is_there(detail):
    if detail.name in ("name", "role"):
        with pytest.raises(Refusal):
            detail.read("", SHOP)
    else:
        assert detail.read("", SHOP) == BLANK[detail.column]


def test_the_column_of_a_detail_is_personal_where_it_says_who_somebody_is():
    assert {column: isinstance(customers.c[column].type, Personal) for column in COLUMNS} == {
        detail.column: detail.is_personal for detail in DETAILS
    }


def test_erasure_empties_what_says_who_somebody_is_and_keeps_the_rest():
    erased = CLAIMS["customers"].erase
    assert {column for column in COLUMNS if column in erased} == {
        detail.column for detail in DETAILS if detail.is_personal
    }


def test_a_phone_sends_every_detail_and_carries_those_declared():
    assert list(DetailsOfItem.__struct_fields__) == COLUMNS
    carried = set(CustomerOnPhone.__struct_fields__) & set(COLUMNS)
    assert carried == {detail.column for detail in DETAILS if detail.is_offline}


def test_what_was_typed_before_a_sign_in_ended_has_its_label():
    template = (PACKAGE / "templates" / "layout" / "labels.html").read_text()
    labelled = set(re.findall(r"'(\w+)': _\(", template))
    assert LONGEST.keys() <= labelled
