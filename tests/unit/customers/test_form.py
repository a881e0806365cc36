"""What was typed about a customer, and what it means."""

import pytest

from daftari.customers.forms import CustomerForm, read_change, read_new
from daftari.customers.rules import CustomerRole, Details
from daftari.identity.rules import Shop
from daftari.kernel.ids import is_id
from daftari.kernel.money import COMMA, POINT
from daftari.kernel.refusal import Refusal

AN_ID = "01939f3e-0000-7000-8000-000000000001"
RIYADH = {
    "zone": "Asia/Riyadh",
    "digits": "latn",
    "weekend": (4, 5),
    "calendar": "gregorian",
    "due_days": 30,
}
SHOP = Shop("s", "بقالة النور", "SA", "SAR", notation=POINT, **RIYADH)
CASABLANCA = Shop("s", "حانوت النور", "MA", "MAD", notation=COMMA, **RIYADH)


def refused(**typed):
    with pytest.raises(Refusal) as refusal:
        read_new(CustomerForm.typed(typed), SHOP)
    return {field: reason.name for field, reason in refusal.value.reasons.items()}


def read(shop=SHOP, **typed):
    return read_new(CustomerForm.typed({"name": "أبو علي", **typed}), shop).details


def test_a_name_is_enough():
    command = read_new(CustomerForm.typed({"name": " أبو علي "}), SHOP)
    assert command.details == Details("أبو علي")
    assert is_id(command.id)
    assert not command.same_name_ok


def test_everything_that_can_be_said():
    details = read(
        nickname="الخباز",
        phone="٠٥٠ ١٢٣ ٤٥٦٧",
        role="supplier",
        note="يدفع\r\nالخميس",
        credit_limit="١٬٥٠٠٫٥٠",
        due_days="٣٠",
        payday="day:27",
        neighbourhood=" حي الروضة\n",
        id=AN_ID,
    )
    assert details == Details(
        name="أبو علي",
        nickname="الخباز",
        phone="+966501234567",
        role=CustomerRole.SUPPLIER,
        note="يدفع\nالخميس",
        credit_limit_minor=150050,
        due_days=30,
        payday="day:27",
        neighbourhood="حي الروضة",
    )


def test_fields_left_empty_say_nothing():
    empty = {"nickname": " ", "phone": "\u200f", "note": "", "credit_limit": " ", "due_days": ""}
    assert read(**empty) == Details("أبو علي")


def test_the_limit_is_read_as_the_shop_writes_it():
    assert read(credit_limit="0.00").credit_limit_minor == 0
    assert read(credit_limit="1.500,50", shop=CASABLANCA).credit_limit_minor == 150050
    assert refused(name="هدى", credit_limit="1.500,50") == {
        "credit_limit": "amount_ambiguous_separator"
    }


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("name", "", "name_missing"),
        ("name", "\u202e \u200b", "name_missing"),
        ("name", "ع" * 81, "name_too_long"),
        ("nickname", "ع" * 41, "nickname_too_long"),
        ("note", "ع" * 501, "note_too_long"),
        ("neighbourhood", "ع" * 81, "words_too_long"),
        ("phone", "أبو علي", "phone_not_a_phone"),
        ("phone", "123", "phone_not_a_phone"),
        ("role", "partner", "role_unknown"),
        ("role", "", "role_unknown"),
        ("credit_limit", "كثير", "amount_not_a_number"),
        ("credit_limit", "-5", "amount_negative"),
        ("credit_limit", "1.234", "amount_ambiguous_separator"),
        ("due_days", "شهر", "days_not_right"),
        ("due_days", "-1", "days_not_right"),
        ("due_days", "1.5", "days_not_right"),
        ("due_days", "366", "days_not_right"),
        ("payday", "day:32", "choice_unknown"),
        ("payday", "sometimes", "choice_unknown"),
        ("id", "", "id_not_an_id"),
        ("id", "../etc/passwd", "id_not_an_id"),
        ("id", AN_ID.upper().replace("F", "G"), "id_not_an_id"),
    ],
)
def test_a_field_is_refused_by_name(field, text, reason):
    assert refused(**{"name": "أبو علي", field: text}) == {field: reason}


def test_every_wrong_field_is_named_at_once():
    wrong = {
        "name": "",
        "phone": "12",
        "role": "x",
        "due_days": "x",
        "credit_limit": "x",
        "id": "x",
    }
    assert set(refused(**wrong)) == set(wrong)


def test_a_form_without_a_name_is_refused():
    assert refused() == {"name": "name_missing"}


def test_as_long_as_allowed_is_allowed():
    details = read(name="ع" * 80, nickname="ع" * 40, note="ع" * 500, due_days="365")
    assert (len(details.name), len(details.nickname), len(details.note)) == (80, 40, 500)


def test_hidden_signs_are_taken_out_of_names_and_markup_stays_text():
    assert read(name="\u202eأبو\u0000 علي\u2069").name == "أبو علي"
    assert read(name="<b>أبو علي</b>").name == "<b>أبو علي</b>"


def test_a_change_speaks_only_of_the_fields_that_were_there():
    form = CustomerForm.typed({"name": "أبو علي", "neighbourhood": ""})
    assert read_change(form, SHOP, AN_ID).changes == {"name": "أبو علي", "neighbourhood": ""}


@pytest.mark.parametrize("shop", [SHOP, CASABLANCA])
def test_the_form_filled_in_means_what_the_book_has(shop):
    known = Details("هدى", "أم نواف", "+966501234567", CustomerRole.SUPPLIER, "جارة", 1234567, 15)
    form = CustomerForm.of(known, shop)
    assert Details(**read_change(form, shop, AN_ID).changes) == known


def test_the_form_keeps_what_was_typed_as_typed():
    form = CustomerForm.typed({"name": " ١٢ ", "phone": "٠٥٠", "submit": "x"})
    assert form.texts == {"name": " ١٢ ", "phone": "٠٥٠"}
