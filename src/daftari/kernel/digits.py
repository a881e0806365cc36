"""Digits: Latin inside; read and shown in the forms people write."""

import re

TO_LATIN = {
    ord(form): str(value)
    for forms in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
    for value, form in enumerate(forms)
}
TO_ARABIC = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")
"""For `str.translate`, on a text that is nothing but a number in the 1,234.56 notation."""

_number_runs = re.compile(r"[0-9]+(?:[,.][0-9]+)*").sub


def to_latin(text: str) -> str:
    """The same text with Arabic-Indic and Persian digits as 0–9."""
    return text.translate(TO_LATIN)


def shown(text: str, digits: str) -> str:
    """The text in the shop's digits (`latn` or `arab`).

    A `,` or `.` between two digits follows as ٬ or ٫, so numbers are expected in the 1,234.56
    notation; all other punctuation stays.
    """
    if digits != "arab":
        return text
    return _number_runs(lambda run: run.group().translate(TO_ARABIC), text)
