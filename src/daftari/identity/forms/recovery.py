"""The form for sign-in with a recovery code."""

from collections.abc import Mapping

from daftari.identity.rules.phones import possible_phones
from daftari.kernel.arabic import neutral
from daftari.kernel.forms import Readings, Typed
from daftari.kernel.refusal import Refusal


def typed_recovery(typed: Typed) -> dict[str, str]:
    """The fields of the form as typed."""
    return {name: typed.get(name, "") for name in ("phone", "code")}


def read_recovery(typed: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Parse the form: the possible phone numbers (E.164), and the code as typed.

    Raises Refusal: phone_missing, phone_not_a_phone, code_missing.
    """
    form = Readings()
    nobody: tuple[str, ...] = ()
    phones = form.read("phone", lambda: possible_phones(typed["phone"]), nobody)
    code = form.read("code", lambda: _read_code(typed["code"]), "")
    form.settle()
    return phones, code


def _read_code(text: str) -> str:
    if not neutral(text):
        raise Refusal(code="code_missing")
    return text
