"""A report in words: its parts, each a table with its chart, as page, paper and files take them."""

from dataclasses import dataclass

from daftari.reports.pages.chart import Chart
from daftari.reports.pages.table import Row


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `rows`: cells as values, which files take; `texts`: the same as text; `hrefs`: what
    the first cell of each row links to, '' for nothing; `empty`: what is said in place of no rows.
    """

    title: str
    line: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    texts: tuple[tuple[str, ...], ...]
    hrefs: tuple[str, ...]
    chart: Chart | None
    empty: str


@dataclass(frozen=True, slots=True)
class CurrencyParts:
    """The parts of one currency; `code` for files, `name` for readers."""

    code: str
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """The whole report in words. `only_branch`: a sentence where one branch alone is told of."""

    title: str
    shop: str
    period: str
    printed: str
    only_branch: str
    sections: tuple[CurrencyParts, ...]
