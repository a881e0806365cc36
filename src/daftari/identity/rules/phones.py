"""Phone numbers: typed in any of the ways people write them, kept as E.164.

The library behind is loaded with the first number.
"""

from daftari.kernel.arabic import neutral
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.digits import to_latin
from daftari.kernel.refusal import Refusal

LONGEST_TYPED = 40


def parse_phone(text: str, country: str) -> str:
    """E.164 of a typed number: local in `country` (ISO 3166 alpha-2), or with + or 00 in front.

    Raises Refusal(phone=…): phone_missing, phone_not_a_phone.
    """
    import phonenumbers

    typed = to_latin(neutral(text))
    if not typed:
        raise Refusal(phone="phone_missing")
    if len(typed) > LONGEST_TYPED:
        raise Refusal(phone="phone_not_a_phone")
    if typed.startswith("00"):
        typed = "+" + typed[2:]
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        raise Refusal(phone="phone_not_a_phone") from None
    if number.extension or not phonenumbers.is_valid_number(number):
        raise Refusal(phone="phone_not_a_phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def possible_phones(text: str) -> tuple[str, ...]:
    """Every E.164 number the text may mean, for somebody whose country is not known yet.

    Raises what `parse_phone` raises when it is a number nowhere.
    """
    found, refused = set(), Refusal(phone="phone_not_a_phone")
    for country in COUNTRIES:
        try:
            found.add(parse_phone(text, country))
        except Refusal as refusal:
            refused = refusal
    if not found:
        raise refused
    return tuple(sorted(found))


def shown_phone(phone: str) -> str:
    """An E.164 number in groups, as a person reads it: +966 50 123 4567."""
    import phonenumbers

    number = phonenumbers.parse(phone, None)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
