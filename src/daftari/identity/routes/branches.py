"""Routes of a shop's branches: the list, one branch, and the one that somebody writes in."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.actions.branches import (
    add_branch,
    choose_branch,
    close_branch,
    open_branch,
    rename_branch,
)
from daftari.identity.forms.branches import read_branch_name, read_new_branch
from daftari.identity.guards.context import ShopContext
from daftari.identity.pages.branches import branch_page, branches_page
from daftari.identity.rules import Permission
from daftari.kernel.edits import Seen
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.i18n import catalogue
from daftari.web.redirects import local_path
from daftari.web.requests import typed_in
from daftari.web.templates import render
from daftari.web.view import language_of

_BRANCHES: Final = "/s/{shop:str}/more/branches"
_BRANCH: Final = _BRANCHES + "/{branch:str}"


@get(_BRANCHES, may=Permission.MANAGE_SHOP)
async def show_branches(context: NamedDependency[ShopContext]) -> Response[Any]:
    return await _show_branches(context)


@post(_BRANCHES, may=Permission.MANAGE_SHOP)
async def post_branch(context: NamedDependency[ShopContext]) -> Response[Any]:
    """Add a branch. The first one is named in the language of who adds the second."""
    typed = await typed_in(context.request)
    first_name = catalogue(language_of(context.request)).gettext("Main branch")
    try:
        added = read_new_branch(typed, first_name)
        await context.control.write(add_branch, context.member, added, context.clock.now())
    except Refusal as refused:
        return await _show_branches(context, typed, refused)
    return redirect_after_post(context.request, _home(context))


@get(_BRANCH, may=Permission.MANAGE_SHOP)
async def show_branch(
    context: NamedDependency[ShopContext], branch: FromPath[str]
) -> Response[Any]:
    return await _show(context, branch)


@post(_BRANCH, may=Permission.MANAGE_SHOP)
async def post_branch_name(
    context: NamedDependency[ShopContext], branch: FromPath[str]
) -> Response[Any]:
    typed = await typed_in(context.request)
    try:
        name = read_branch_name(typed)
        renamed = branch, name, Seen.sent(typed), context.clock.now()
        await context.control.write(rename_branch, context.member, *renamed)
    except Refusal as refused:
        return await _show(context, branch, typed, refused)
    return redirect_after_post(context.request, _home(context))


@post(f"{_BRANCH}/closing", may=Permission.MANAGE_SHOP)
async def post_closing(
    context: NamedDependency[ShopContext], branch: FromPath[str]
) -> Response[Any]:
    try:
        await context.control.write(close_branch, context.member, branch, context.clock.now())
    except Refusal as refused:
        return await _show(context, branch, refused=refused)
    return redirect_after_post(context.request, _home(context))


@post(f"{_BRANCH}/opening", may=Permission.MANAGE_SHOP)
async def post_opening(
    context: NamedDependency[ShopContext], branch: FromPath[str]
) -> Response[Any]:
    await context.control.write(open_branch, context.member, branch, context.clock.now())
    return redirect_after_post(context.request, _home(context))


@post("/s/{shop:str}/branch", may=Permission.RECORD_ENTRY)
async def post_current_branch(context: NamedDependency[ShopContext]) -> Response[Any]:
    """Choose the branch to write in. Field `next`: the page to go back to."""
    typed = await typed_in(context.request)
    await context.control.write(choose_branch, context.member, typed.get("branch", ""))
    back = local_path(typed.get("next", ""), f"{context.member.shop.home}/")
    return redirect_after_post(context.request, back, saved=False)


async def _show_branches(
    context: ShopContext, typed: Typed | None = None, refused: Refusal | None = None
) -> Response[Any]:
    reasons = refused.reasons if refused else None
    page = await context.control.read(branches_page, context.member, context.at, typed, reasons)
    await context.read_frame()
    status = status_of(refused) if refused else 200
    return render(context.request, "identity/branches.html", page, status)


async def _show(
    context: ShopContext,
    branch_id: str,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> Response[Any]:
    asked = context.member, branch_id, context.at, typed, refused
    page = await context.control.read(branch_page, *asked)
    await context.read_frame()
    status = status_of(refused) if refused else 200
    return render(context.request, "identity/branch.html", page, status)


def _home(context: ShopContext) -> str:
    return f"{context.member.shop.home}/more/branches"


route_handlers: Final = [
    show_branches,
    post_branch,
    show_branch,
    post_branch_name,
    post_closing,
    post_opening,
    post_current_branch,
]
