"""The proof chain: each entry carries a SHA-256 over itself and the entry before it.

Texts and goods of an entry are covered only by a salted digest, so they can be erased later without
breaking the chain. The same digests tell «sent again» from «the same id, other content».
"""

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

import msgspec

from daftari.kernel.clock import as_text
from daftari.ledger.rules.commands import RecordEntry, ReverseEntry
from daftari.ledger.rules.exchange import Exchange
from daftari.ledger.rules.goods import Goods, told
from daftari.ledger.rules.kinds import Kind

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The head of the chain: the last entry's sequence (0 for an empty book) and its digest.

    `recorded_at`: when that entry was recorded, where the book itself was read.
    """

    sequence: int
    chain: bytes
    recorded_at: datetime | None = field(default=None, compare=False)

    def time_after(self, at: datetime) -> datetime:
        """The time of the next entry: `at`, or the last entry's where a clock was set back."""
        return max(at, self.recorded_at or at)


@dataclass(frozen=True, slots=True)
class Entry:
    """Fields of an entry that the chain covers, in this order.

    `for_id`: the debt or plan that a payment is meant for. `corrects_id`: the entry that this one
    takes the place of, as it was first written: a correction of a correction names the same.
    `paid_minor` to `rate_of`: of `exchange`, all of them or none. `session_id`: of the request
    that brought it. `branch_id`: in which it was written, None for the first branch.
    """

    sequence: int
    id: str
    customer_id: str
    kind: Kind
    amount_minor: int
    effect_minor: int
    balance_after_minor: int
    currency: str
    occurred_on: date
    due_on: date | None
    method: str | None
    reverses_id: str | None
    recorded_at: datetime
    recorded_by: str
    request_digest: bytes
    particulars_digest: bytes | None
    for_id: str | None = None
    corrects_id: str | None = None
    paid_minor: int | None = None
    paid_currency: str | None = None
    rate_e8: int | None = None
    rate_of: str | None = None
    session_id: str | None = None
    branch_id: str | None = None

    @property
    def exchange(self) -> Exchange | None:
        """What was handed over, where it was another currency than the entry's."""
        paid, currency, rate, rate_of = (
            self.paid_minor,
            self.paid_currency,
            self.rate_e8,
            self.rate_of,
        )
        if paid is None or currency is None or rate is None or rate_of is None:
            return None
        return Exchange(paid, currency, rate, rate_of)


LATER_FIELDS = (
    *("for_id", "corrects_id"),
    *("paid_minor", "paid_currency", "rate_e8", "rate_of"),
    *("session_id", "branch_id"),
)
"""Fields that the first books did not have: the chain covers them where they are set."""


def link(previous: bytes, entry: Entry) -> bytes:
    """The next digest of the chain: SHA-256(previous digest ‖ JSON array of the entry's values).

    The array ends with an object of the later fields that are set, if any is.
    """
    later = {name: value for name in LATER_FIELDS if (value := getattr(entry, name)) is not None}
    values = (
        entry.sequence,
        entry.id,
        entry.customer_id,
        entry.kind,
        entry.amount_minor,
        entry.effect_minor,
        entry.balance_after_minor,
        entry.currency,
        entry.occurred_on,
        entry.due_on,
        entry.method,
        entry.reverses_id,
        as_text(entry.recorded_at),
        entry.recorded_by,
        entry.request_digest.hex(),
        entry.particulars_digest.hex() if entry.particulars_digest else None,
        *([later] if later else ()),
    )
    return hashlib.sha256(previous + msgspec.json.encode(values)).digest()


def entry_digest(command: RecordEntry) -> bytes:
    """The digest of a command, without texts and before defaults are filled in."""
    return _digest(
        command.customer_id,
        command.kind,
        command.amount_minor,
        command.currency,
        command.occurred_on,
        command.due_on,
        command.side,
        command.method,
        *([{"for_id": command.for_id}] if command.for_id else ()),
        *([{"exchange": asdict(command.exchange)}] if command.exchange else ()),
    )


def reversal_digest(command: ReverseEntry) -> bytes:
    return _digest(command.entry_id)


def particulars_digest(
    salt: bytes, note: str, taker: str, paid_by: str, goods: Goods = ()
) -> bytes:
    """SHA-256 over the texts and the goods, salted with 16 random bytes that are erased with them.

    Without goods nothing stands in their place.
    """
    words = (note, taker, paid_by, *([told(goods)] if goods else ()))
    return hashlib.sha256(salt + msgspec.json.encode(words)).digest()


def proof_code(chain: bytes) -> str:
    """The first 64 bits of a digest of the chain, in groups that can be read out."""
    text = chain[:8].hex().upper()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def chain_start(code: str) -> bytes:
    """The bits of a proof code. Raises ValueError for what is none."""
    start = bytes.fromhex(code.strip().replace("-", ""))
    if len(start) != 8:
        raise ValueError(f"{code} is no proof code")
    return start


def _digest(*values: object) -> bytes:
    return hashlib.sha256(msgspec.json.encode(values)).digest()
