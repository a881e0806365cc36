"""Translations: gettext catalogues of Arabic and English.

Messages are English sentences. The texts of reasons have the context `reason` and the reason's name
as message, in both catalogues. In a checkout a catalogue is compiled when its source is newer.
"""

from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from daftari.kernel.digits import shown
from daftari.kernel.languages import LANGUAGES
from daftari.kernel.money import CURRENCIES, POINT, Notation, format_amount
from daftari.kernel.refusal import Reason

DOMAIN = "daftari"
LOCALES = Path(__file__).parents[1] / "locales"


def marked(message: str) -> str:
    """Mark a message for extraction into the catalogue; a template translates it later."""
    return message


@cache
def catalogue(language: str) -> GNUTranslations:
    """The translation catalogue of one language: `ar` or `en`."""
    folder = LOCALES / language / "LC_MESSAGES"
    source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    if source.exists() and _is_older(compiled, source):
        compile_catalogue(source, compiled)
    with compiled.open("rb") as file:
        return GNUTranslations(file)


def compile_catalogue(source: Path, compiled: Path) -> None:
    """Compile a `.po` file into the `.mo` file that the program reads."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        words = read_po(file, domain=DOMAIN)
    unfinished = compiled.with_suffix(".new")
    with unfinished.open("wb") as file:
        write_mo(file, words)
    unfinished.replace(compiled)


def reason_text(
    language: str, reason: Reason, digits: str = "latn", notation: Notation = POINT
) -> str:
    """The translated sentence of a reason; `{name}` in it is replaced by the param of that name.

    Whole numbers are shown in the given digits. A param `<x>_minor` is an amount in the currency of
    the param `currency`, and replaces `{x}`.
    """
    sentence = catalogue(language).pgettext("reason", reason.name)
    if not reason.params:
        return sentence
    return sentence.format_map(_shown_params(reason, digits, notation))


def is_reason(name: str) -> bool:
    """Whether the catalogue has a reason of this name; names from an address need this check."""
    return catalogue(LANGUAGES[0]).pgettext("reason", name) != name


def _shown_params(reason: Reason, digits: str, notation: Notation) -> dict[str, str]:
    params: dict[str, str] = {}
    for name, value in reason.params.items():
        if name.endswith("_minor") and isinstance(value, int):
            decimals = CURRENCIES[str(reason.params["currency"])].decimals
            params[name.removesuffix("_minor")] = format_amount(value, decimals, digits, notation)
        else:
            params[name] = shown(str(value), digits) if isinstance(value, int) else str(value)
    return params


def _is_older(compiled: Path, source: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
