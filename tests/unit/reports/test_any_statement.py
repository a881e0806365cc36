"""Any history: page, paper, CSV and XLSX tell what a plain recomputation tells."""

import re
import zipfile
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from daftari.kernel.csv_text import csv_rows
from daftari.kernel.ids import new_id
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.correct import submit_correction
from daftari.ledger.forms.submitted import SubmittedCorrection
from daftari.ledger.rules.kinds import Kind
from daftari.reports.forms import PeriodForm
from daftari.reports.pages.files import statement_file
from daftari.reports.pages.printed import printed_statement
from daftari.reports.pages.statement import statement_of
from daftari.reports.pages.wording import Wording
from tests.book import NOW, SHOP, UMM_SALIM, open_book
from tests.chances import examples

TODAY = NOW.date()
WORDING = Wording("ar", SHOP)
MEMBER = replace(UMM_SALIM, shop=SHOP)
KINDS = (Kind.DEBT, Kind.DEBT, Kind.PAYMENT, Kind.DISCOUNT, Kind.OPENING)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("write", "write", "write", "reverse", "correct")),
        st.sampled_from(KINDS),
        st.integers(1, 99_999),
        st.integers(0, 120),
        st.sampled_from(("SAR", "SAR", "KWD")),
        st.integers(0, 20),
    ),
    max_size=12,
)
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def play(book, customer, steps):
    """The last versions that stand, with their effects; what the book refuses is left out."""
    standing = []
    for step, kind, minor, days_ago, currency, which in steps:
        day = TODAY - timedelta(days=days_ago)
        try:
            if step == "write" or not standing:
                written = book.entry(
                    customer, kind, minor, currency=currency, occurred_on=day, note="=خبز"
                )
                standing.append(written.entry)
            elif step == "reverse":
                standing.append(book.reversal(standing[which % len(standing)].id).entry)
            else:
                place = which % len(standing)
                old = standing[place]
                typed = {"id": new_id(), "reversal_id": new_id(), "amount": f"{minor // 100}.5"}
                typed["occurred_on"] = day.isoformat()
                book.at += timedelta(minutes=1)
                sent = SubmittedCorrection(old.id, typed)
                corrected = book.write(submit_correction, MEMBER, book.at, sent)
                standing[place] = corrected.entry
        except Refusal:
            continue
    return standing


def in_order(standing, since, until):
    """Rows of the period: currency, effect and balance, in the order of days and places."""
    balances, rows = defaultdict(int), defaultdict(list)
    for entry in sorted(standing, key=lambda one: one.occurred_on):
        if entry.occurred_on > until:
            break
        balances[entry.currency] += entry.effect_minor
        if since is None or entry.occurred_on >= since:
            rows[entry.currency].append((entry.effect_minor, balances[entry.currency]))
    return rows, balances


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, st.one_of(st.none(), st.integers(0, 100)), st.integers(0, 40), st.booleans())
def test_four_forms_tell_one_recomputation(steps, first, length, is_supplier):
    with open_book() as book:
        customer = book.supplier() if is_supplier else book.customer()
        standing = play(book, customer, steps)
        since = None if first is None else TODAY - timedelta(days=first)
        until = TODAY if since is None else min(TODAY, since + timedelta(days=length))
        typed = PeriodForm(from_=since.isoformat() if since else "", to=until.isoformat())
        it = book.write(statement_of, MEMBER, TODAY, customer, typed, 2000)
    expected, closing = in_order(standing, since, until)
    told = {
        one.currency: [(r.entry.effect_minor, r.balance_minor) for r in one.rows]
        for one in it.sections
    }
    assert {code: rows for code, rows in told.items() if rows} == expected
    for one in it.sections:
        assert one.balance_minor == closing[one.currency]
        moved = (one.debts_minor - one.payments_minor) * (-1 if is_supplier else 1)
        assert one.carried_minor + moved == one.balance_minor
        owed = one.balance_minor * (-1 if is_supplier else 1)
        if until == TODAY:
            assert sum(one.ageing) == max(owed, 0)
    assert_forms_agree(it)


def assert_forms_agree(it):
    printed = printed_statement(WORDING, it, "+966 50 000 0001")
    amounts = [
        amount
        for one in printed.sections
        for row in one.rows
        for amount in (row.debt, row.payment, row.amount)
    ]
    paper = words_of(statement_file("pdf", WORDING, it, "").content)
    for amount in filter(None, amounts):
        assert paper.count(amount) >= amounts.count(amount)
    table = list(csv_rows(statement_file("csv", WORDING, it, "").content.decode()))
    sheet = cells_of(statement_file("xlsx", WORDING, it, "").content)
    assert len(table) == len(sheet)
    for line, row in zip(table, sheet, strict=True):
        assert line == [str_of(cell, line[at]) for at, cell in enumerate(row)]
    entries = [line for line in table if line[4] == "=خبز"]
    assert len(entries) == sum(
        one.entry.note == "=خبز" for section in it.sections for one in section.rows
    )
    plain = iter(entries)
    for section in it.sections:
        decimals = CURRENCIES[section.currency].decimals
        for row in section.rows:
            if row.entry.note == "=خبز":
                shown = format_amount(abs(row.balance_minor), decimals).replace(",", "")
                assert next(plain)[8] == shown


def words_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def cells_of(xlsx):
    """The rows of the sheet: texts, and numbers as float."""
    with zipfile.ZipFile(BytesIO(xlsx)) as book:
        shared = [
            "".join(part.text or "" for part in one.iter(f"{SPREADSHEET}t"))
            for one in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{SPREADSHEET}f"))
    rows = []
    for row in sheet.iter(f"{SPREADSHEET}row"):
        cells = [""] * 11
        for cell in row.iter(f"{SPREADSHEET}c"):
            value = cell.find(f"{SPREADSHEET}v")
            place = ord(re.sub(r"\d", "", cell.get("r"))) - ord("A")
            is_text = cell.get("t") == "s"
            cells[place] = shared[int(value.text)] if is_text else float(value.text)
        rows.append(cells)
    return rows


def str_of(cell, beside):
    """A cell as CSV writes it: a number with the decimals of `beside`, a day as its date."""
    if not isinstance(cell, float):
        return cell
    if beside.count("-") == 2:
        return (date(1899, 12, 30) + timedelta(days=int(cell))).isoformat()
    return f"{cell:.{len(beside.partition('.')[2])}f}"
