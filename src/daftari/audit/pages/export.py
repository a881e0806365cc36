"""The lines of the export: one activity a line, as it reads on the page."""

from collections.abc import Iterable, Iterator
from typing import Final

from daftari.audit.pages.kinds import KIND_WORDS
from daftari.audit.pages.rows import ActivityRow
from daftari.audit.pages.values import Change
from daftari.audit.pages.words import Words
from daftari.kernel.csv_text import BYTE_ORDER_MARK, csv_line
from daftari.web.i18n import marked as _

COLUMNS: Final = (
    _("When"),
    _("Who"),
    _("From which phone"),
    _("Kind"),
    _("What was done"),
    _("Customer"),
    _("Before"),
    _("After"),
    _("Note"),
)


def csv_head(words: Words) -> str:
    """The start of the file: the mark by which Excel reads UTF-8, and the names of the columns."""
    return BYTE_ORDER_MARK + csv_line(words.gettext(column) for column in COLUMNS)


def csv_lines(words: Words, rows: Iterable[ActivityRow]) -> Iterator[str]:
    """A line for each row, with the shop's time to the second."""
    for row in rows:
        yield csv_line(
            (
                f"{row.at:%Y-%m-%d %H:%M:%S}",
                row.who,
                row.device,
                words.gettext(KIND_WORDS[row.kind]),
                row.sentence,
                row.customer,
                _side(words, [(one, one.old) for one in row.changes]),
                _side(words, [(one, one.new) for one in row.changes]),
                row.note,
            )
        )


def _side(words: Words, changes: list[tuple[Change, str]]) -> str:
    nothing = words.gettext("nothing")
    return "\n".join(f"{change.label}: {value or nothing}" for change, value in changes)
