"""Conversion of digits: Latin in the program, Arabic-Indic or Persian in text of people."""

import re

TO_LATIN = {
    ord(form): str(value)
    for forms in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
    for value, form in enumerate(forms)
}
TO_ARABIC = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
"""The table for `str.translate` on a text that is only a number in the 1,234.56 notation."""

_number_runs = re.compile(r"[0-9]+(?:[,.][0-9]+)*").sub


def to_latin(text: str) -> str:
    """The text with Arabic-Indic and Persian digits replaced by 0–9."""
    return text.translate(TO_LATIN)


def shown(text: str, digits: str) -> str:
    """The text in the shop's digits (`latn` or `arab`).

    A `,` or `.` between two digits becomes ٬ or ٫, so numbers must be in the 1,234.56 notation;
    other punctuation stays.
    """
    if digits != "arab":
        return text
    return _number_runs(lambda run: run.group().translate(TO_ARABIC), text)
