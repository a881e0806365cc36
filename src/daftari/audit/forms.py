"""The form of the filters, kept as typed, and read into an `ActivityFilter`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from daftari.audit.rules.filters import ActivityFilter
from daftari.audit.rules.kinds import ActivityKind
from daftari.identity.rules import Member, Permission
from daftari.kernel.forms import Readings, TextForm, read_choice, read_day
from daftari.kernel.refusal import Missing, Refusal


@dataclass(frozen=True, slots=True)
class ActivityForm(TextForm):
    """The filters as typed: ids of a person and a customer, a kind, the first and the last day."""

    person: str = ""
    customer: str = ""
    kind: str = ""
    from_: str = ""
    to: str = ""

    @property
    def query(self) -> str:
        """The filters as the query of an address, without a question mark."""
        return urlencode({name: value for name, value in self.fields.items() if value})

    @property
    def fields(self) -> Mapping[str, str]:
        return {name.rstrip("_"): getattr(self, name) for name in self.__slots__}

    def without(self, name: str) -> str:
        """The query without one of the filters."""
        left = {one: value for one, value in self.fields.items() if value and one != name}
        return urlencode(left)


KINDS: Final = tuple(ActivityKind)


def sees_all(member: Member) -> bool:
    """Whether a member may see what others did; whoever may not sees what is his own."""
    return member.may(Permission.SEE_TOTALS) or member.may(Permission.MANAGE_PEOPLE)


def read_filter(form: ActivityForm, member: Member) -> ActivityFilter:
    """The filters. Raises `Missing` for another person where the member sees only himself, and
    Refusal: choice_unknown (kind), date_not_a_date (from, to), to_before_from (to).
    """
    person = form.person or None
    if not sees_all(member):
        if person not in (None, member.person.id):
            raise Missing(form.person)
        person = member.person.id
    readings = Readings()
    kind = readings.read("kind", lambda: _kind(form.kind), None)
    since = readings.read("from", lambda: read_day(form.from_), None)
    until = readings.read("to", lambda: _last_day(form.to, since), None)
    readings.settle()
    shop = member.shop
    return ActivityFilter(
        person_id=person,
        customer_id=form.customer or None,
        kind=kind,
        since=shop.start_of(since) if since else None,
        until=shop.start_of(until + timedelta(days=1)) if until else None,
    )


def _kind(text: str) -> ActivityKind | None:
    return ActivityKind(read_choice(text, KINDS, "choice_unknown")) if text else None


def _last_day(text: str, since: date | None) -> date | None:
    until = read_day(text)
    if until and since and until < since:
        raise Refusal(to="to_before_from")
    return until
