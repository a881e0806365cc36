"""The book as one HTML file that opens anywhere, without a network and without a script.

It is written piece by piece: a shop with 200,000 entries makes a file that fits in no memory.
"""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Final

from daftari.db.base import Rows
from daftari.exports.pages.words import ExportWords
from daftari.kernel.digits import shown
from daftari.web.i18n import marked as _

_STYLE: Final = Path(__file__).with_suffix(".css")
_NAMES: Final = (_("Name"), _("Phone"), _("Balance"))
_ENTRIES: Final = (_("Day"), _("Kind"), _("Amount"), _("Balance after it"), _("Note"))
Balances = dict[str, dict[str, int]]


def book_head(words: ExportWords, shop_name: str, day: str) -> str:
    """The start of the file: the style, the shop's name, the day of the export."""
    direction = "rtl" if words.language == "ar" else "ltr"
    title = escape(shop_name)
    sentence = words.gettext("The book as it was on %(day)s: every customer, every entry.")
    written = sentence % {"day": f'<bdi dir="ltr">{words.day(day)}</bdi>'}
    return (
        f'<!doctype html>\n<html lang="{words.language}" dir="{direction}">\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>\n{_STYLE.read_text('utf-8')}</style>\n"
        f"<h1><bdi>{title}</bdi></h1>\n<p>{written}</p>\n"
    )


def book_index(words: ExportWords, parts: Iterable[Rows], balances: Balances) -> Iterator[str]:
    """The table of all names with their balances; each leads to its account."""
    yield f'<table id="names">\n{_header(words, _NAMES)}'
    for row in _rows(parts):
        name = _name(row.name, row.nickname)
        phone = f'<bdi dir="ltr">{escape(row.phone)}</bdi>' if row.phone else ""
        owed = _standings(words, balances.get(row.id, {}))
        link = f'<a href="#c-{row.id}">{name}</a>'
        yield f'<tr><td>{link}<td>{phone}<td class="money">{owed}\n'
    yield "</table>\n"


def book_accounts(words: ExportWords, parts: Iterable[Rows], balances: Balances) -> Iterator[str]:
    """The account of each customer who has entries: every entry with the balance after it."""
    back = escape(words.gettext("All names"))
    for customer_id, found in groupby(_rows(parts), lambda row: str(row.customer_id)):
        first = next(found)
        owed = _standings(words, balances.get(customer_id, {}))
        yield (
            f'<section id="c-{customer_id}">\n<h2>{_name(first.name)}</h2>\n'
            f'<p>{owed} · <a href="#names">{back}</a></p>\n<table>\n{_header(words, _ENTRIES)}'
        )
        for row in chain((first,), found):
            yield _entry(words, row)
        yield "</table>\n</section>\n"


def _entry(words: ExportWords, row: Any) -> str:
    amount = words.amount(row.effect_minor or row.amount_minor, row.currency)
    after = words.amount(row.balance_after_minor, row.currency)
    texts = " · ".join(escape(text) for text in (row.note, row.taker, row.paid_by) if text)
    day, kind = words.day(row.occurred_on), escape(words.kind(row.kind))
    return (
        f'<tr><td><bdi dir="ltr">{day}</bdi><td>{kind}'
        f'<td class="money"><bdi dir="ltr">{amount}</bdi>'
        f'<td class="money"><bdi dir="ltr">{after}</bdi><td><bdi>{texts}</bdi>\n'
    )


def _standings(words: ExportWords, balances: dict[str, int]) -> str:
    texts = [words.standing(minor, currency) for currency, minor in balances.items()]
    return "<br>".join(f"<bdi>{escape(text)}</bdi>" for text in texts)


def _header(words: ExportWords, columns: Iterable[str]) -> str:
    cells = "".join(f"<th>{escape(words.gettext(column))}" for column in columns)
    return f"<thead><tr>{cells}<tbody>\n"


def _name(name: str, nickname: str = "") -> str:
    second = f" ({escape(nickname)})" if nickname else ""
    return f"<bdi>{escape(name)}</bdi>{second}"


def _rows(parts: Iterable[Rows]) -> Iterator[Any]:
    return (row for part in parts for row in part)


def book_end(words: ExportWords, entries: int) -> str:
    """The end of the file: how many entries it has."""
    counted = words.gettext("Entries: %(count)s") % {"count": shown(str(entries), words.digits)}
    return f"<p>{escape(counted)}</p>\n</html>\n"
