"""The check of each entry of the book, from the entries alone.

The code that writes entries is not used here, so that a mistake there is not repeated here.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import floor

import msgspec

from daftari.kernel.clock import as_text
from daftari.kernel.money import CURRENCIES
from daftari.ledger.rules.chain import GENESIS, ChainHead
from daftari.ledger.rules.stored_state import StoredState


@dataclass(frozen=True, slots=True)
class Fault:
    """The fault of an entry (by sequence); None for a fault that belongs to no entry."""

    sequence: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of a verification: the number of entries read, and the faults found."""

    entries: int
    faults: tuple[Fault, ...]


_EXCHANGE = ("paid_minor", "paid_currency", "rate_e8", "rate_of")
_LATER = ("for_id", "corrects_id", *_EXCHANGE, "session_id", "branch_id")
_SIGNS: Mapping[str, tuple[int, ...]] = {
    "debt": (1,),
    "payment": (-1,),
    "discount": (-1,),
    "write_off": (-1,),
    "recovery": (0,),
    "opening": (1, -1),
}


class EntryProof:
    """Checks the entries of a book in order and reports the first wrong one.

    `roles`: of every customer, by id; `copied`: the head of the chain in the control database.
    """

    def __init__(self, roles: Mapping[str, str], copied: ChainHead) -> None:
        self.read = 0
        self._roles = roles
        self._copied = copied
        self._chain = GENESIS
        self._balances: dict[tuple[str, str], int] = {}
        self._reversed: set[int] = set()

    def judge(self, entry: StoredState) -> Fault | None:
        """The fault of the next entry, if any. After a fault the proof has ended."""
        reason = next(filter(None, (check(entry) for check in self._checks())), None)
        if reason is not None:
            return Fault(
                self.read + 1 if entry.sequence > self.read + 1 else entry.sequence, reason
            )
        self.read += 1
        self._chain = entry.chain
        self._balances[entry.customer_id, entry.currency] = entry.balance_after_minor
        return None

    def judge_end(self) -> Fault | None:
        """The fault of a book that ends before the copied head: its last entries are missing."""
        if self.read < self._copied.sequence:
            return Fault(self.read + 1, f"missing, with all up to {self._copied.sequence}")
        return None

    def _checks(self) -> tuple[Callable[[StoredState], str | None], ...]:
        return (
            self._order,
            _shape,
            self._link,
            self._head,
            self._effect,
            self._reversal,
            self._running,
            _exchange,
            _goods,
            _words,
        )

    def _order(self, entry: StoredState) -> str | None:
        if entry.sequence > self.read + 1:
            return "missing"
        return None if entry.sequence == self.read + 1 else "out of its place"

    def _link(self, entry: StoredState) -> str | None:
        later = {name: value for name in _LATER if (value := getattr(entry, name)) is not None}
        content = (
            *entry[:12],
            as_text(entry.recorded_at),
            entry.recorded_by,
            entry.request_digest.hex(),
            entry.particulars_digest.hex() if entry.particulars_digest else None,
            *([later] if later else []),
        )
        chain = hashlib.sha256(self._chain + msgspec.json.encode(content)).digest()
        return None if chain == entry.chain else "changed: it does not fit the chain"

    def _head(self, entry: StoredState) -> str | None:
        if entry.sequence != self._copied.sequence or entry.chain == self._copied.chain:
            return None
        return "not what was copied out of the file: this or an earlier entry was written anew"

    def _effect(self, entry: StoredState) -> str | None:
        if entry.kind == "reversal":
            return None
        role = self._roles.get(entry.customer_id)
        if role is None:
            return "its customer is missing"
        signs = _SIGNS.get(entry.kind, ())
        direction = -1 if role == "supplier" else 1
        if entry.effect_minor not in [sign * direction * entry.amount_minor for sign in signs]:
            return f"its effect is not that of its kind, {entry.kind}"
        return "reverses an entry and is no reversal" if entry.reverses_id else None

    def _reversal(self, entry: StoredState) -> str | None:
        if entry.kind != "reversal":
            return None
        if entry.old_sequence is None or entry.old_sequence >= entry.sequence:
            return "reverses an entry that was not there"
        if entry.old_kind == "reversal":
            return "reverses a reversal"
        if entry.old_sequence in self._reversed:
            return f"reverses entry {entry.old_sequence} a second time"
        self._reversed.add(entry.old_sequence)
        opposite = (entry.old_customer_id, entry.old_currency, entry.old_amount_minor)
        if (entry.customer_id, entry.currency, entry.amount_minor) == opposite and (
            entry.effect_minor == -(entry.old_effect_minor or 0)
        ):
            return None
        return f"not the opposite of entry {entry.old_sequence}"

    def _running(self, entry: StoredState) -> str | None:
        before = self._balances.get((entry.customer_id, entry.currency), 0)
        fits = entry.balance_after_minor == before + entry.effect_minor
        return None if fits else "its running balance is not the sum of its customer's entries"


def _shape(entry: StoredState) -> str | None:
    """The fault of a value with a wrong type: SQLite stores any type in any column."""
    numbers = (entry.amount_minor, entry.effect_minor, entry.balance_after_minor)
    digests = (entry.request_digest, entry.particulars_digest or b"", entry.salt or b"")
    if not all(type(number) is int for number in numbers) or entry.amount_minor <= 0:
        return "its amounts are not whole numbers"
    if not all(type(one) is bytes for one in digests):
        return "its digests are not digests"
    days = (entry.occurred_on, entry.due_on or entry.occurred_on)
    if type(entry.recorded_at) is datetime and all(type(day) is date for day in days):
        return None
    return "its days are not dates"


def _exchange(entry: StoredState) -> str | None:
    """The fault of what was handed over in another currency: a part missing, or amounts that are
    not each other's at the rate.
    """
    told = [getattr(entry, name) for name in _EXCHANGE]
    if not any(one is not None for one in told):
        return None
    paid, currency, rate, unit = told
    if type(paid) is not int or type(rate) is not int or paid <= 0 or rate <= 0:
        return "what was paid in another currency is not whole"
    pair = (entry.currency, currency)
    if currency == entry.currency or unit not in pair or not {*pair} <= CURRENCIES.keys():
        return "what was paid in another currency is not whole"
    if entry.kind not in ("payment", "recovery"):
        return f"a {entry.kind} is not paid in another currency"
    units, others = _in_units(entry.amount_minor, entry.currency), _in_units(paid, currency)
    if unit != entry.currency:
        units, others = others, units
    is_near = _fits(units, others, Fraction(rate, 10**8))
    return None if is_near else "its rate is not that of its two amounts"


def _in_units(minor: int, currency: str) -> tuple[Fraction, Fraction]:
    """An amount in units of its currency, and two minor units: what rounding may cost."""
    units: int = 10 ** CURRENCIES[currency].decimals
    return Fraction(minor, units), Fraction(2, units)


def _fits(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction], rate: Fraction) -> bool:
    (amount, step), (other_amount, other_step) = one, other
    return (
        abs(amount * rate - other_amount) <= other_step
        or abs(other_amount / rate - amount) <= step
        or abs(other_amount / amount - rate) <= Fraction(1, 10**8)
    )


def _goods(entry: StoredState) -> str | None:
    """The fault of goods whose prices are not the amount, or that no digest covers."""
    if not entry.goods:
        return None
    if entry.kind != "debt":
        return f"a {entry.kind} has no goods"
    numbers = [number for _, *row in entry.goods for number in row]
    if not all(type(number) is int and number > 0 for number in numbers):
        return "its goods are not whole numbers"
    rows = (Fraction(quantity * price, 1000) for _, quantity, price in entry.goods)
    if sum(floor(row + Fraction(1, 2)) for row in rows) != entry.amount_minor:
        return "its amount is not the sum of its goods"
    return "its goods have no digest" if entry.salt is None else None


def _words(entry: StoredState) -> str | None:
    """The fault of texts and goods that do not match their digest; what was erased cannot be
    checked.
    """
    if entry.salt is None:
        return None
    goods = [entry.goods] if entry.goods else []
    words = msgspec.json.encode((entry.note, entry.taker, entry.paid_by, *goods))
    digest = hashlib.sha256(entry.salt + words).digest()
    return None if digest == entry.particulars_digest else "its words were changed"
