"""Allocation of an account after an entry was added to it or reversed.

Only what comes after that entry in the order of days is replayed, since nothing before it can
change; an entry on a day later than all others of its account is replayed alone. A debt that no
payment could have chosen is stored as it is, and nothing is replayed (`_is_left_open`). Rows that
come out the same are not written.
"""

from collections import Counter
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import NamedTuple

from daftari.db.base import ReadTx, WriteTx
from daftari.ledger.rules.allocation import OpenBefore, Pair, replay
from daftari.ledger.rules.chain import Entry
from daftari.ledger.rules.kinds import direction
from daftari.ledger.rules.open_items import OpenItem, item_of
from daftari.ledger.rules.refusals import Account
from daftari.ledger.store import allocations, open_items, standing
from daftari.ledger.store.standing import Place


class Allocated(NamedTuple):
    """The oldest due date of the account after an allocation, and what it changed.

    `payments`: the sequences of earlier payments that cover something else now.
    """

    oldest_due_on: date | None
    payments: frozenset[int] = frozenset()


class _Replay(NamedTuple):
    """What is open after a replay, by sequence, and the payments whose allocations it changed."""

    items: Mapping[int, OpenItem]
    payments: frozenset[int]


def allocate_entry(tx: WriteTx, account: Account, entry: Entry) -> Allocated:
    """Allocate a new entry. `account`: as it was before."""
    if not entry.effect_minor:
        return Allocated(account.oldest_due_on)
    place, new = _place(account, entry), item_of(entry)
    is_last = account.last_on is None or entry.occurred_on > account.last_on
    if _is_left_open(tx, account, place, entry, is_last):
        open_items.put_items(tx, place.customer_id, place.currency, [new.full])
        return Allocated(_earlier(account.oldest_due_on, entry.due_on))
    later = [] if is_last else standing.find_later(tx, place, new)
    undone = allocations.find_allocations(tx, [item.sequence for item in later])
    after, payments = _allocate_again(tx, account, place, [*later, new], undone)
    if later or _closes_any(after, new):
        return Allocated(open_items.find_oldest_due(tx, account), payments - {new.sequence})
    left = after[new.sequence]
    due_on = left.due_on if left.remaining_minor else None
    return Allocated(_earlier(account.oldest_due_on, due_on), payments - {new.sequence})


def release_entry(tx: WriteTx, account: Account, old: Entry) -> Allocated:
    """Undo the allocation of a reversed entry. `account`: as it was before.

    An entry to which nothing was allocated was never chosen: without it the others are the same.
    """
    place, gone = _place(account, old), item_of(old)
    undone, payments = allocations.find_allocations(tx, [gone.sequence]), frozenset[int]()
    if undone:
        later = standing.find_later(tx, place, gone)
        undone |= allocations.find_allocations(tx, [item.sequence for item in later])
        payments = _allocate_again(tx, account, place, later, undone, gone).payments
    open_items.put_items(tx, place.customer_id, place.currency, [gone])
    return Allocated(open_items.find_oldest_due(tx, account), payments)


def _is_left_open(tx: ReadTx, account: Account, place: Place, entry: Entry, is_last: bool) -> bool:
    """Whether a new debt is open in full, and everything else stays as it is.

    It is when no advance is open at the end, none was open on its day (a later debt would have
    taken it up), and each later payment is covered by debts that come before this one. A correction
    is not asked about: a payment may name it.
    """
    is_debt = entry.effect_minor * place.owing > 0 and entry.corrects_id is None
    if not is_debt or account.balance_minor * place.owing < 0:
        return False
    return is_last or not allocations.could_take(tx, place, item_of(entry))


def _closes_any(after: Mapping[int, OpenItem], new: OpenItem) -> bool:
    """Whether the new entry left nothing open of another: then its due day may be the oldest."""
    return any(not one.remaining_minor for one in after.values() if one.sequence != new.sequence)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def _place(account: Account, entry: Entry) -> Place:
    return Place(account.customer_id, entry.currency, direction(account.role))


def _allocate_again(
    tx: WriteTx,
    account: Account,
    place: Place,
    entries: Sequence[OpenItem],
    undone: Mapping[Pair, int],
    *gone: OpenItem,
) -> _Replay:
    """Replay entries, without those that are gone, and write what differs.

    `undone`: the allocations that they had.
    """
    again = {item.sequence for item in (*entries, *gone)}
    named = standing.find_named(tx, place, {item.for_id for item in entries if item.for_id})
    freed = _freed(undone, again)
    earlier = _find_earlier(tx, freed, named, again)
    known = [item.with_more(freed[item.sequence]) for item in earlier.values()]
    with closing(_read_others(tx, account, place, again | earlier.keys())) as others:
        is_owing = account.balance_minor * place.owing > 0
        before = OpenBefore(known, others, ()) if is_owing else OpenBefore(known, (), others)
        replayed = replay(entries, place.owing, named, before)
    allocations.change_allocations(tx, undone, replayed.allocations)
    after = {item.sequence: item for item in known} | replayed.items
    stored = {item.sequence: item for item in entries} | earlier
    changed = [item for item in after.values() if item != stored.get(item.sequence)]
    open_items.put_items(tx, place.customer_id, place.currency, changed)
    return _Replay(after, _payments(undone, replayed.allocations, place))


def _payments(old: Mapping[Pair, int], new: Mapping[Pair, int], place: Place) -> frozenset[int]:
    """The payments whose allocations differ."""
    return frozenset(pair.payment(place.owing) for pair, _ in old.items() ^ new.items())


def _freed(undone: Mapping[Pair, int], again: Collection[int]) -> Counter[int]:
    """What is open again of earlier entries once these allocations are undone, by sequence."""
    freed: Counter[int] = Counter()
    for pair, amount in undone.items():
        freed.update({one: amount for one in pair if one not in again})
    return freed


def _find_earlier(
    tx: ReadTx,
    freed: Mapping[int, int],
    named: Mapping[str, Sequence[OpenItem]],
    again: Collection[int],
) -> dict[int, OpenItem]:
    """Earlier entries, as they are stored, whose open amount grew or that a payment names."""
    debts = (debt for debts in named.values() for debt in debts)
    found = (*standing.find_items(tx, freed), *debts)
    return {item.sequence: item for item in found if item.sequence not in again}


def _read_others(
    tx: ReadTx, account: Account, place: Place, loaded: Collection[int]
) -> Generator[OpenItem, None, None]:
    """The other open items by position. Without a balance there are none."""
    if account.balance_minor:
        items = open_items.read_items(tx, place.customer_id, place.currency)
        yield from (item for item in items if item.sequence not in loaded)
