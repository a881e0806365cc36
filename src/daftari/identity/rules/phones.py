"""Phone numbers: parsing of what people type, to E.164 for storage.

The `phonenumbers` library is imported at the first number.
"""

from daftari.kernel.arabic import neutral
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.digits import to_latin
from daftari.kernel.refusal import Refusal

LONGEST_TYPED = 40


def parse_phone(text: str, country: str) -> str:
    """Parse a phone number to E.164: national in `country` (ISO 3166 alpha-2), or with + or 00.

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
    """All E.164 numbers that a text can be, for a person whose country is not known.

    Raises what `parse_phone` raises when the text is valid in no country.
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
    """An E.164 number formatted in groups: +966 50 123 4567."""
    import phonenumbers

    number = phonenumbers.parse(phone, None)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
