"""The shell a phone opens while nobody answers: every page of the book once, with nobody in it.

The very partials of the online pages are filled with placeholders; the phone clones them and puts
its own people in.
"""

from types import SimpleNamespace

from daftari.identity.rules import Member, Person, Role, Shop
from daftari.kernel.money import FOREIGN, POINT
from daftari.ledger.rules.kinds import FORGIVING_KINDS
from daftari.offline.pages import placeholders as of
from daftari.offline.rules.worker import BOOK, modules_of
from daftari.web.view import View, assets


def shell_view(language: str) -> View:
    """An owner's view, so that nothing is left out; the phone takes away what is not allowed."""
    shop = Shop("-", of.NAME, "SA", "SAR", "UTC", "latn", POINT, (), "hijri", 30)
    member = Member(Person("", of.NAME, "", language), shop, Role.OWNER)
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
    """The pages of the shell by name, each as its partial wants it."""
    roles = (False, True)
    return SimpleNamespace(
        book=of.book(),
        nobody=of.nothing(query=of.NAME),
        nobody_here=of.nothing(),
        clean=of.nothing(is_empty_book=True),
        accounts=[of.account(is_supplier) for is_supplier in roles],
        standings=[of.standing(key, **due) for key, due in of.dues()],
        sheets=[of.sheet(language, is_supplier) for is_supplier in roles],
        adding=[of.adding(language, namesakes) for namesakes in ([], [of.namesake()])],
        reversal=of.reversal(),
        modules=modules_of(BOOK, assets().content, at_once=True),
        kinds=SimpleNamespace(forgiving=sorted(FORGIVING_KINDS), foreign=FOREIGN),
    )
