"""Routes of requests for approval: their list, one of them, its answer, its withdrawal.

An answer is behind a fresh passkey, and so is the page that asks for it: a notification's «yes»
leads there. Who may not answer is told so; whose request it is not finds nothing.
"""

from functools import partial
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.approvals.actions import withdraw_approval
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.approval import answer_approval
from daftari.ledger.forms.approval import ANSWERS, read_answer
from daftari.ledger.pages.approvals import approval_page, approvals_page
from daftari.ledger.routes.common import reader_of
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_APPROVALS: Final = "/s/{shop:str}/more/approvals"
_APPROVAL: Final = _APPROVALS + "/{approval:str}"
_ANSWER: Final = f"{_APPROVAL}/answer"


@get(_APPROVALS, may=Permission.RECORD_ENTRY, is_for_back=True)
async def show_approvals(context: NamedDependency[ShopContext]) -> Response[bytes]:
    page = await context.read_framed(approvals_page, await reader_of(context))
    return render(context.request, "ledger/approvals.html", page)


@get(_APPROVAL, may=Permission.RECORD_ENTRY)
async def show_approval(
    context: NamedDependency[ShopContext], approval: FromPath[str]
) -> Response[bytes]:
    return await _show(context, approval)


@get(_ANSWER, may=Permission.RECORD_ENTRY, verified=True)
async def show_answer(
    context: NamedDependency[ShopContext], approval: FromPath[str]
) -> Response[bytes]:
    """Show the request with the answer that is about to be given, to be confirmed."""
    answer = context.request.query_params.get("is", "")
    return await _show(context, approval, answer if answer in ANSWERS else "yes")


@post(_ANSWER, may=Permission.RECORD_ENTRY, verified=True)
async def post_answer(
    context: NamedDependency[ShopContext], approval: FromPath[str]
) -> Response[bytes]:
    """Answer a request, once; a yes writes the entry."""
    typed = await typed_in(context.request)
    answer, words = typed.get("answer", ""), typed.get("words", "")
    try:
        command = read_answer(approval, typed)
        verb = partial(answer_approval, member_of=context.member_of)
        answered = await context.do(verb, command)
    except Refusal as refusal:
        return await _show(context, approval, answer, words, refusal)
    return _back(context, approval, is_saved=not answered.closed_by)


@post(f"{_APPROVAL}/withdrawal", may=Permission.RECORD_ENTRY)
async def post_withdrawal(
    context: NamedDependency[ShopContext], approval: FromPath[str]
) -> Response[bytes]:
    try:
        await context.do(withdraw_approval, approval)
    except Refusal as refusal:
        return await _show(context, approval, refusal=refusal)
    return _back(context, approval)


def _back(context: ShopContext, approval_id: str, *, is_saved: bool = True) -> Response[bytes]:
    url = f"{context.member.shop.home}/more/approvals/{approval_id}"
    return redirect_after_post(context.request, url, saved=is_saved)


async def _show(
    context: ShopContext,
    approval_id: str,
    answer: str = "",
    words: str = "",
    refusal: Refusal | None = None,
) -> Response[bytes]:
    reasons = refusal.reasons if refusal else {}
    shown = approval_id, answer, words, reasons
    page = await context.read_framed(approval_page, await reader_of(context), *shown)
    status = status_of(refusal) if refusal else 200
    return render(context.request, "ledger/approval.html", page, status)


route_handlers: Final = [
    show_approvals,
    show_approval,
    show_answer,
    post_answer,
    post_withdrawal,
]
