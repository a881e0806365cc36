"""The page that says who did what: entries and audit records as one list, newest first, by day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from daftari.audit.forms import ActivityForm, sees_all
from daftari.audit.pages.kinds import KIND_WORDS
from daftari.audit.pages.rows import ActivityRow, FoundActivity
from daftari.identity.rules import Member, Permission
from daftari.kernel.refusal import Reason
from daftari.web.i18n import catalogue

ROWS = 50


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter in force, and the address without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ActivityDay:
    """The activity of one business day of the shop."""

    day: date
    rows: tuple[ActivityRow, ...]


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """View model of the page. `people`: who can be chosen, none where the reader sees only what is
    his own; `kinds`: value and word of each; `chips`: the filters in force.
    """

    home: str
    days: tuple[ActivityDay, ...]
    form: ActivityForm
    reasons: Mapping[str, Reason]
    people: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    chips: tuple[FilterChip, ...]
    is_filtered: bool
    older_href: str | None
    csv_href: str | None
    today: date


def activity_page(
    member: Member,
    today: date,
    form: ActivityForm,
    names: Mapping[str, str],
    rows: Iterable[ActivityRow] = (),
    found: FoundActivity | None = None,
    reasons: Mapping[str, Reason] | None = None,
) -> ActivityPage:
    """The page. `found`: None where the filters were refused."""
    home = member.shop.home
    at, query = f"{home}/more/activity", form.query
    days = groupby(rows, key=lambda row: row.day)
    older = found.next if found else None
    gettext = catalogue(member.person.language).gettext
    kinds = tuple((kind.value, gettext(word)) for kind, word in KIND_WORDS.items())
    return ActivityPage(
        home=home,
        days=tuple(ActivityDay(day, tuple(its)) for day, its in days),
        form=form,
        reasons=reasons or {},
        people=tuple(sorted(names.items(), key=lambda one: one[1])) if sees_all(member) else (),
        kinds=kinds,
        chips=tuple(_chips(at, form, {**names, **(found.names if found else {})}, dict(kinds))),
        is_filtered=bool(query),
        older_href=f"{at}?{query}{'&' if query else ''}before={older}" if older else None,
        csv_href=f"{at}.csv{'?' if query else ''}{query}" if _may_export(member) else None,
        today=today,
    )


def _chips(
    at: str, form: ActivityForm, names: Mapping[str, str], kinds: Mapping[str, str]
) -> Iterator[FilterChip]:
    words = {**form.fields, "kind": kinds.get(form.kind, form.kind)}
    words |= {name: names.get(words[name], "") for name in ("person", "customer")}
    for name, value in form.fields.items():
        if value and words[name]:
            yield FilterChip(words[name], f"{at}?{form.without(name)}")


def _may_export(member: Member) -> bool:
    return sees_all(member) and member.may(Permission.EXPORT_BOOK)
