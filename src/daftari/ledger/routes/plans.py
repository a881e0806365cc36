"""Routes of instalment plans: preview, creation, progress, reversal."""

from contextlib import suppress
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.digits import shown
from daftari.kernel.forms import read_id
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions import reverse_plan, submit_plan
from daftari.ledger.forms import PlanForm, SubmittedPlan
from daftari.ledger.forms.plan import Says
from daftari.ledger.pages.plan import new_plan, new_plan_page, plan_page
from daftari.ledger.rules.commands import MakePlan, ReversePlan
from daftari.web.errors import status_of
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.i18n import catalogue
from daftari.web.requests import typed_in
from daftari.web.templates import render
from daftari.web.view import language_of

_PLANS: Final = "/s/{shop:str}/customers/{customer:str}/plans"
_PLAN: Final = "/s/{shop:str}/plans/{plan:str}"


@get(f"{_PLANS}/new", may=Permission.RECORD_ENTRY)
async def show_new_plan(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    return await _form(context, customer, new_plan())


@post(f"{_PLANS}/preview", may=Permission.RECORD_ENTRY)
async def post_preview(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show the day and the amount of every instalment; nothing is written. For htmx only the
    preview, which is empty while a field is missing.
    """
    form = PlanForm.typed(await typed_in(context.request))
    if is_htmx(context.request):
        return await _form(context, customer, form, _previewed(context, customer, form))
    try:
        return await _form(context, customer, form, _command(context, customer, form))
    except Refusal as refused:
        return await _form(context, customer, form, refused=refused)


@post(_PLANS, may=Permission.RECORD_ENTRY)
async def post_plan(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Make the plan that was previewed. Idempotent by the form's id."""
    form = PlanForm.typed(await typed_in(context.request))
    try:
        done = await context.do(submit_plan, SubmittedPlan(customer, form, _says(context)))
    except Refusal as refused:
        return await _form(context, customer, form, _previewed(context, customer, form), refused)
    return redirect_after_post(context.request, f"{context.member.shop.home}/plans/{done.plan_id}")


@get(_PLAN, is_for_back=True)
async def show_plan(context: NamedDependency[ShopContext], plan: FromPath[str]) -> Response[bytes]:
    return await _plan(context, plan)


@post(f"{_PLAN}/reversal", may=Permission.REVERSE_ENTRY)
async def post_plan_reversal(
    context: NamedDependency[ShopContext], plan: FromPath[str]
) -> Response[bytes]:
    """Reverse every instalment that is not reversed yet. Idempotent."""
    typed = await typed_in(context.request)
    try:
        await context.do(reverse_plan, ReversePlan(read_id(typed.get("id", "")), plan))
    except Refusal as refused:
        return await _plan(context, plan, refused)
    return redirect_after_post(context.request, f"{context.member.shop.home}/plans/{plan}")


def _previewed(context: ShopContext, customer_id: str, form: PlanForm) -> MakePlan | None:
    """The command of the form, None while it cannot be read."""
    with suppress(Refusal):
        return _command(context, customer_id, form)
    return None


def _command(context: ShopContext, customer_id: str, form: PlanForm) -> MakePlan:
    return form.command(context.member.shop, customer_id, context.today, _says(context))


def _says(context: ShopContext) -> Says:
    """The notes of a plan's entries, in the language of the member."""
    words, digits = catalogue(language_of(context.request)), context.member.shop.digits

    def says(number: int, count: int) -> str:
        sentence = words.gettext("Instalment %(number)s of %(count)s")
        return sentence % {
            "number": shown(str(number), digits),
            "count": shown(str(count), digits),
        }

    return says


async def _form(
    context: ShopContext,
    customer_id: str,
    form: PlanForm,
    command: MakePlan | None = None,
    refused: Refusal | None = None,
) -> Response[bytes]:
    reasons = refused.reasons if refused else {}
    asked = (context.member, context.today, customer_id, form, command, reasons)
    page = await context.read_page(new_plan_page, *asked)
    name = "_plan_preview" if is_htmx(context.request) and not refused else "new_plan"
    status = status_of(refused) if refused else 200
    return render(context.request, f"ledger/{name}.html", page, status)


async def _plan(
    context: ShopContext, plan_id: str, refused: Refusal | None = None
) -> Response[bytes]:
    reasons = refused.reasons if refused else {}
    page = await context.read_page(plan_page, context.member, context.today, plan_id, reasons)
    return render(context.request, "ledger/plan.html", page, status_of(refused) if refused else 200)


route_handlers: Final = [show_new_plan, post_preview, post_plan, show_plan, post_plan_reversal]
