"""The sign-up form of a new shop."""

from daftari.identity.rules.commands import SignUp
from daftari.identity.rules.phones import parse_phone
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.forms import Readings, Typed, read_choice, read_name


def read_signup(typed: Typed) -> SignUp:
    """Parse the sign-up form.

    Raises Refusal: name and shop_name name_missing or name_too_long, country_unknown,
    phone_missing, phone_not_a_phone.
    """
    form = Readings()
    country = form.read("country", lambda: read_country(typed.get("country", "")), "")
    signup = SignUp(
        name=form.read("name", lambda: read_name(typed.get("name", "")), ""),
        shop_name=form.read("shop_name", lambda: read_name(typed.get("shop_name", "")), ""),
        phone=form.read("phone", lambda: parse_phone(typed.get("phone", ""), country), ""),
        country=country,
    )
    form.settle()
    return signup


def read_country(text: str) -> str:
    """Parse a country code. Raises Refusal(choice='country_unknown')."""
    return read_choice(text, COUNTRIES, "country_unknown")
