"""What is open of each customer in the snapshot: what payments can be for, and what is due."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import msgspec

from daftari.db.base import ReadTx
from daftari.offline.store import open_debts

TARGETS_OF_ONE: Final = 20


class TargetOnPhone(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a payment can be for: an open debt of the day `occurred_on`, or a plan, which has none.
    `minor`: what is left. Of a debt among the customer's entries nothing else is said.
    """

    id: str
    minor: int
    currency: str = ""
    occurred_on: date | None = None
    due_on: date | None = None
    note: str = ""


def find_targets(tx: ReadTx, after: int, beyond: int) -> Mapping[str, list[TargetOnPhone]]:
    """What the payments of each customer can be for: plans, and debts among the entries after a
    sequence. A single debt is no choice.
    """
    found: dict[str, list[TargetOnPhone]] = defaultdict(list)
    for customer_id, plan_id, left, currency, note in open_debts.find_open_plans(tx, after):
        found[customer_id].append(TargetOnPhone(plan_id, left, currency, note=note))
    for customer_id, *debt in open_debts.find_open_debts(tx, after, beyond, TARGETS_OF_ONE):
        found[customer_id].append(TargetOnPhone(*debt))
    return {one: targets for one, targets in found.items() if _is_choice(targets)}


def find_due(
    tx: ReadTx, after: int, today: date
) -> Mapping[str, Mapping[str, list[tuple[date, int]]]]:
    """What is open of each customer by currency and due day, as `find_due_sums` answers."""
    found: dict[str, dict[str, list[tuple[date, int]]]] = defaultdict(lambda: defaultdict(list))
    for customer_id, currency, day, minor in open_debts.find_due_sums(tx, after, today):
        found[customer_id][currency].append((day, minor))
    return found


def brief(targets: list[TargetOnPhone], told: Collection[str]) -> list[TargetOnPhone]:
    """The targets, without what entries say of them that the phone is told of as well."""
    return [TargetOnPhone(one.id, one.minor) if one.id in told else one for one in targets]


def _is_choice(targets: list[TargetOnPhone]) -> bool:
    return len(targets) > 1 or targets[0].occurred_on is None
