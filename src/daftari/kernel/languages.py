"""The languages of pages and messages, by their ISO 639-1 codes; the first is the usual one."""

from typing import Final

LANGUAGES: Final = ("ar", "en")
