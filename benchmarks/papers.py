"""A statement of 500 entries as PDF: the CPU of this process, each paper with words of its own."""

import time
from datetime import date, timedelta
from statistics import median

from daftari.identity.rules import Shop
from daftari.kernel.ids import new_id
from daftari.kernel.money import POINT
from daftari.reports.pages.files import statement_file
from daftari.reports.pages.wording import Wording
from daftari.reports.rules.period import Period
from daftari.reports.rules.statement import AgedDebt, Statement, StatementEntry, sections_of

ENTRIES = 500
_TIMES = 7
_FIRST = date(2025, 1, 1)


def time_paper() -> float:
    """Seconds of CPU for one paper, the median of several."""
    return median(_seconds(number) for number in range(_TIMES))


def _seconds(number: int) -> float:
    shop = Shop(
        new_id(), "بقالة النور", "SA", "SAR", "Asia/Riyadh", "latn", POINT, (4, 5), "hijri", 30
    )
    statement = _statement(number)
    before = time.process_time()
    statement_file("pdf", Wording("ar", shop), statement, "+966 50 000 0001")
    return time.process_time() - before


def _statement(number: int) -> Statement:
    """A debt a day and every fifth day a payment; typst remembers no paper of another number."""
    entries = [_entry(day, number) for day in range(ENTRIES)]
    until = entries[-1].occurred_on
    debts = [AgedDebt("SAR", until, 1250)]
    return Statement(
        name=f"أبو علي {number}",
        phone="+966 50 123 4567",
        is_supplier=False,
        period=Period(None, until),
        today=until,
        sections=sections_of(entries, {}, debts, until, "SAR", 1),
        proof="0123-4567-89AB-CDEF",
        branch="",
    )


def _entry(day: int, number: int) -> StatementEntry:
    kind, sign = ("debt", 1) if day % 5 else ("payment", -1)
    minor = 1000 + day + 1000 * number
    return StatementEntry(
        sequence=day + 1,
        id=new_id(),
        kind=kind,
        amount_minor=minor,
        effect_minor=sign * minor,
        currency="SAR",
        occurred_on=_FIRST + timedelta(days=day),
        due_on=None,
        method=None,
        note=f"خبز وحليب {number}-{day}",
        taker="",
        paid_by="",
        is_reversed=False,
        is_corrected=False,
        reversed_kind=None,
        reversed_on=None,
        exchange=None,
    )
