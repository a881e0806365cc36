"""The receipt of one entry, as a value that its paper is printed from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from daftari.ledger.rules.goods import Goods
from daftari.reports.rules.statement import StatementEntry


class Paper(StrEnum):
    """The paper of a receipt: A6, or the width of a roll in millimetres."""

    A6 = "a6"
    WIDE = "80"
    NARROW = "58"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of an entry that stands. `balance_minor`: of its currency, now; `proof`: the code
    of the entry's own digest in the chain.
    """

    name: str
    is_supplier: bool
    entry: StatementEntry
    goods: Goods
    balance_minor: int
    today: date
    proof: str
