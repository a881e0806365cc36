"""Any history: page, CSV and XLSX tell what a plain recomputation from all entries tells."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select

from daftari.kernel.csv_text import csv_rows
from daftari.ledger.tables import entries
from daftari.reports.forms import PeriodForm
from daftari.reports.pages.parts import printed_report
from daftari.reports.pages.report import report_of
from daftari.reports.pages.report_files import report_file
from daftari.reports.pages.wording import Wording
from tests.book import NOW, SHOP, UMM_SALIM, open_book
from tests.chances import examples
from tests.unit.reports.test_any_statement import STEPS, cells_of, play

TODAY = NOW.date()
MEMBER = replace(UMM_SALIM, shop=SHOP)
WORDING = Wording("ar", SHOP)
NAMES = {MEMBER.person.id: "أم سليم"}
SINCE = TODAY - timedelta(days=60)
TYPED = PeriodForm(from_=SINCE.isoformat(), to=TODAY.isoformat())


def recomputed(rows):
    """By currency, what was given and taken since `SINCE`, and how much was reversed."""
    gone = {row.reverses_id for row in rows}
    sums = Counter()
    for row in rows:
        if row.occurred_on < SINCE:
            continue
        if row.kind == "reversal":
            sums[row.currency, "reversal"] += row.amount_minor
        elif row.id not in gone and row.kind == "debt" and row.effect_minor > 0:
            sums[row.currency, "given"] += row.amount_minor
        elif row.id not in gone and row.kind == "payment" and row.effect_minor < 0:
            sums[row.currency, "taken"] += row.amount_minor
    return sums


def told(report):
    sums = Counter()
    for one in report.currencies:
        sums[one.currency, "given"] += one.given.minor
        sums[one.currency, "taken"] += one.taken.minor
        for person in one.people:
            if person.kind == "reversal":
                sums[one.currency, "reversal"] += person.sum.minor
    return +sums


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, STEPS)
def test_the_report_is_the_sum_of_all_entries_that_stand(of_customer, of_supplier):
    with open_book() as book:
        customer, supplier = book.customer(), book.supplier()
        play(book, customer, of_customer)
        play(book, supplier, of_supplier)
        rows = book.write(lambda tx: tx.execute(select(entries)).all())
        balances = book.sql(
            "SELECT currency, balance_minor FROM balances WHERE customer_id = ?", customer
        )
        open_minor = dict(
            book.sql(
                "SELECT currency, SUM(remaining_minor) FROM open_items "
                "WHERE customer_id = ? AND effect_minor > 0 GROUP BY currency",
                customer,
            )
        )
        it = book.write(report_of, MEMBER, TODAY, TYPED)
        assert book.faults() == []
    assert told(it) == recomputed(rows)
    for one in it.currencies:
        late = sum(band.minor for band in one.late)
        assert late + one.not_due_minor + one.undated_minor == open_minor.get(one.currency, 0)
        assert sum(week.minor for week in one.weeks) + one.later_minor == one.not_due_minor
        owed = [minor for code, minor in balances if code == one.currency and minor > 0]
        assert [debtor.minor for debtor in one.debtors] == owed
    assert_files_agree(it)


def assert_files_agree(it):
    """The cells of the page, part by part, are those of both files."""
    printed = printed_report(WORDING, it, NAMES)
    table = list(csv_rows(report_file("csv", WORDING, it, NAMES).content.decode()))
    sheet = cells_of(report_file("xlsx", WORDING, it, NAMES).content)
    texts = [text for one in printed.sections for part in one.parts for text in part.texts]
    lines = iter(table)
    found = 0
    for cells in texts:
        plain = [cell.replace(",", "") for cell in cells]
        assert any(same(line[2 : 2 + len(cells)], plain) for line in lines)
        found += 1
    assert found == len(texts) > 0
    assert len(table) == len(sheet)
    for line, row in zip(table, sheet, strict=True):
        for text, cell in zip(line, row, strict=False):
            if isinstance(cell, float) and text.count("-") != 2:
                assert float(text) == cell


def same(line, plain):
    """Whether a line of the file has the texts of the page; days are written in two ways."""
    return all(one == two or one.count("-") == 2 for one, two in zip(line, plain, strict=True))
