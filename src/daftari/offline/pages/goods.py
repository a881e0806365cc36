"""The goods of the snapshot: those of the newest entries, and what the shop sells most often."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from daftari.db.base import ReadTx, Rows
from daftari.kernel.arabic import text_key
from daftari.ledger.actions.goods import entries_with_goods, newest_goods

ENTRIES: Final = 5_000
"""Entries of the snapshot: among the newest of the book."""
ROWS: Final = 1_000
FREQUENT: Final = 40

GoodsOnPhone = tuple[str, int, int]
"""Name, quantity in thousandths, price of one in the entry's currency."""


class FrequentGoods(msgspec.Struct, frozen=True, array_like=True):
    """A name as it was written last, with the last price of one in `currency`."""

    name: str
    price_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class GoodsOfBook:
    """The goods of the newest entries, by sequence. `unsent`: older entries that have goods too."""

    rows: Mapping[int, Sequence[GoodsOnPhone]]
    unsent: Collection[int]
    frequent: Sequence[FrequentGoods]

    def of(self, sequence: int) -> Sequence[GoodsOnPhone] | None:
        """The goods of an entry; None where it has some that are not sent."""
        return None if sequence in self.unsent else self.rows.get(sequence, ())


def find_goods(tx: ReadTx) -> GoodsOfBook:
    """The goods that a phone gets, of the newest thousand rows of the book."""
    found = newest_goods(tx, ROWS)
    rows: dict[int, list[GoodsOnPhone]] = defaultdict(list)
    for sequence, name, quantity_milli, price_minor, _ in found:
        rows[sequence].append((name, quantity_milli, price_minor))
    unsent: Collection[int] = ()
    if len(found) == ROWS:  # the oldest may lack some of its rows
        del rows[oldest := found[-1].sequence]
        unsent = entries_with_goods(tx, oldest - ENTRIES, oldest)
    return GoodsOfBook(rows, unsent, _frequent(found))


def _frequent(found: Rows) -> Sequence[FrequentGoods]:
    """What stands in most of the rows, one for each name and currency. The newest come first."""
    times: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], FrequentGoods] = {}
    folded = {name: text_key(name) for name in {row[1] for row in found}}
    for _, name, _, price_minor, currency in found:
        key = folded[name], currency
        times[key] += 1
        last.setdefault(key, FrequentGoods(name, price_minor, currency))
    return [last[key] for key, _ in times.most_common(FREQUENT)]
