"""The offline shell: every page of the book once, with placeholders instead of data.

It is rendered with the partials of the online pages; the phone clones them and fills in its own
data.
"""

from types import SimpleNamespace

from daftari.customers.rules import SEARCHED
from daftari.identity.rules import Member, Person, Role, Shop
from daftari.kernel.money import FOREIGN, POINT
from daftari.ledger.rules.kinds import NOT_ASKED_FOR
from daftari.offline.pages import entry_placeholders as entries
from daftari.offline.pages import list_placeholders as lists
from daftari.offline.pages import placeholders as of
from daftari.offline.pages.list_placeholders import NAME
from daftari.offline.pages.worker import BOOK, modules_of
from daftari.web.view import View, assets


def shell_view(language: str) -> View:
    """The view of an owner, so that everything is rendered; the phone removes what is not
    permitted.
    """
    shop = Shop("-", NAME, "SA", "SAR", "UTC", "latn", POINT, (), "hijri", 30)
    member = Member(Person("", NAME, "", language), shop, Role.OWNER)
    return View(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        digits=shop.digits,
        notation=shop.notation,
        zone=shop.zone,
        path="/offline",
        is_htmx=False,
        request_id="",
        asset=assets().url,
        person=member.person,
        member=member,
        phone=None,
        shop=shop,
    )


def shell_page(language: str) -> SimpleNamespace:
    """Placeholder pages of the shell by name, in the form their partials expect."""
    roles = (False, True)
    return SimpleNamespace(
        book=lists.book(),
        nobody=lists.nothing(query=NAME),
        nobody_here=lists.nothing(),
        clean=lists.nothing(is_empty_book=True),
        accounts=[of.account(is_supplier) for is_supplier in roles],
        standings=[of.standing(key, **due) for key, due in of.dues()],
        sheets=[of.sheet(language, is_supplier) for is_supplier in roles],
        adding=[of.adding(language, namesakes) for namesakes in ([], [of.namesake()])],
        reversal=entries.reversal(),
        correction=entries.correction(),
        details=entries.details(),
        counter=of.counter(),
        modules=modules_of(BOOK, assets().content, at_once=True),
        searched=SEARCHED,
        kinds=SimpleNamespace(forgiving=sorted(NOT_ASKED_FOR), foreign=FOREIGN),
    )
