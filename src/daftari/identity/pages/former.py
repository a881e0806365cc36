"""The page of a shop of which somebody is no member any more, for what his phone still holds."""

from dataclasses import dataclass
from datetime import date, datetime

from daftari.db.base import ReadTx
from daftari.identity.rules import Person
from daftari.identity.rules.people import ANSWERED_FOR
from daftari.identity.store.memberships import former_shops
from daftari.identity.store.people import home_of
from daftari.kernel.refusal import Missing
from daftari.web.view import FormerMark


@dataclass(frozen=True, slots=True)
class FormerPage:
    """`mark`: for the script, which lists what was not written; `home`: where Back leads."""

    shop_name: str
    ended_on: date
    home: str
    mark: FormerMark | None


def first_path(tx: ReadTx, person_id: str, now: datetime) -> str:
    """Where the first page leads: to the last shop, or to why there is none any more."""
    if home := home_of(tx, person_id):
        return f"/s/{home}/"
    former = former_shops(tx, person_id, now - ANSWERED_FOR)
    return f"/account/former/{former[0][0].id}" if former else "/account"


def former_page(
    tx: ReadTx, person: Person, shop_id: str, mark: FormerMark | None, now: datetime
) -> FormerPage:
    """The page of one of the shops that were closed to a person lately. Raises `Missing`."""
    for shop, ended_at in former_shops(tx, person.id, now - ANSWERED_FOR):
        if shop.id == shop_id:
            home = home_of(tx, person.id)
            back = f"/s/{home}/" if home else "/account"
            return FormerPage(shop.name, shop.day_of(ended_at), back, mark)
    raise Missing(shop_id)
