"""The shop of the snapshot: its settings, its branches, and what this person may do in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.kernel.money import Notation
from daftari.ledger.actions.rates import typed_rates
from daftari.offline.pages.goods import FrequentGoods

Minor = int


class ShopOnPhone(msgspec.Struct, frozen=True):
    """The shop's settings, and the permissions of this person in it. `rates`: by which the credit
    limit counts other currencies, in 10⁻⁸ of the shop's own; `rates_on`: when each was typed.
    `goods`: what is sold most often, with the last price of one. `branch`: the id of the
    one this person writes in; `branches`: the names of those he sees, by the `branch` of an entry,
    and by their ids; `scope`: the id of the only one that he sees. Empty where there are none.
    """

    id: str
    name: str
    currency: str
    decimals: int
    digits: str
    notation: Notation
    zone: str
    calendar: str
    due_days: int | None
    may: list[str]
    rates: dict[str, Minor]
    rates_on: dict[str, date]
    goods: Sequence[FrequentGoods]
    hijri_shift: int
    day_ends: int
    free_discount: int | None
    branch: str = ""
    branches: Mapping[str, str] = {}
    scope: str = ""


def shop_on_phone(tx: ReadTx, member: Member, goods: Sequence[FrequentGoods]) -> ShopOnPhone:
    shop, rates = member.shop, typed_rates(tx)
    return ShopOnPhone(
        id=shop.id,
        name=shop.name,
        currency=shop.currency,
        decimals=shop.money.decimals,
        digits=shop.digits,
        notation=shop.notation,
        zone=shop.zone,
        calendar=shop.calendar,
        due_days=shop.due_days,
        may=sorted(one for one in Permission if member.may(one)),
        rates={code: one.rate_e8 for code, one in rates.items()},
        rates_on={code: one.typed_on for code, one in rates.items()},
        goods=goods,
        hijri_shift=shop.hijri_shift,
        day_ends=shop.day_ends,
        free_discount=shop.free_discount,
        **_branches(member),
    )


def _branches(member: Member) -> dict[str, Any]:
    """The fields of `ShopOnPhone` that say of branches."""
    branch, only = member.branch, member.only_branch
    if branch is None:
        return {}
    seen = [one for one in member.shop.branches if only in (None, one)]
    names = {one.id: one.name for one in seen} | {one.key or "": one.name for one in seen}
    return {"branch": branch.id, "branches": names, "scope": only.id if only else ""}
