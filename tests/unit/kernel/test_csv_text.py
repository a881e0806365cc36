"""CSV that no spreadsheet takes for formulas, and that comes back equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.csv_text import BYTE_ORDER_MARK, csv_line, csv_rows, guarded, unguarded

FORMULAS = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_guarded(cell):
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "أبو علي", "1=1", " =1", "5", "a'b"])
def test_other_text_is_left_as_it_is(cell):
    assert guarded(cell) == cell


@given(st.text())
def test_a_guarded_cell_comes_back_equal(cell):
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(tuple("=+-@\t\r\n＝＋－＠"))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4))
def test_a_line_comes_back_equal(cells):
    assert list(csv_rows(BYTE_ORDER_MARK + csv_line(cells))) == [cells]


def test_a_cell_that_was_never_guarded_keeps_its_apostrophe():
    assert unguarded("'tis") == "'tis"
