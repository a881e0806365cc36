"""Routes of the page that says who did what, and of its export."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.response import Stream

from daftari.audit.actions import note_export
from daftari.audit.forms import ActivityForm, read_filter
from daftari.audit.pages.activity import ROWS, activity_page
from daftari.audit.pages.export import csv_head, csv_lines
from daftari.audit.pages.rows import (
    FoundActivity,
    account_records,
    activity_rows,
    merged_activity,
)
from daftari.audit.pages.words import Words
from daftari.audit.rules.commands import ExportActivity
from daftari.audit.rules.filters import START, ActivityFilter, Cursor
from daftari.audit.store import RecordActivity
from daftari.identity.actions.sessions import device_names
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Missing, Refusal
from daftari.web.errors import status_of
from daftari.web.hx import is_htmx
from daftari.web.templates import render

_PAGE: Final = "/s/{shop:str}/more/activity"
_LINES_AT_ONCE: Final = 1000


@get(_PAGE, may=Permission.RECORD_ENTRY)
async def show_activity(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show who did what; who may not see the totals sees what is his own. htmx: further rows."""
    query, member = context.request.query_params, context.member
    form, names = ActivityForm.typed(query), await context.names()
    try:
        wanted = await _filter_of(context, form)
    except Refusal as refused:
        await context.read_frame()
        page = activity_page(member, context.today, form, names, reasons=refused.reasons)
        return render(context.request, "audit/activity.html", page, status_of(refused))
    before = Cursor.parse(query.get("before", ""))
    of_account = await _account_records(context, wanted, before, ROWS)
    found = await context.read_page(merged_activity, wanted, before, ROWS, of_account)
    devices = await context.control.read(device_names, found.session_ids)
    rows = activity_rows(Words(member.person.language, member.shop), names, devices, found)
    page = activity_page(member, context.today, form, names, rows, found)
    template = "_activity" if is_htmx(context.request) else "activity"
    return render(context.request, f"audit/{template}.html", page)


@get(f"{_PAGE}.csv", may=Permission.EXPORT_BOOK)
async def export_activity(context: NamedDependency[ShopContext]) -> Stream:
    """The same list as a file for spreadsheets; the export itself stands in it from then on."""
    form = ActivityForm.typed(context.request.query_params)
    wanted = await _filter_of(context, form)
    await context.do(note_export, ExportActivity(form.kind))
    first = await _activity(context, wanted, START)
    name = f"activity-{context.today}.csv"
    return Stream(
        _lines(context, wanted, first),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _account_records(
    context: ShopContext, wanted: ActivityFilter, before: Cursor, limit: int
) -> list[RecordActivity]:
    """Records of the control file, which belong to no branch: who sees one branch alone reads there
    what is his own.
    """
    member = context.member
    if member.only_branch is not None:
        if wanted.person_id not in (None, member.person.id):
            return []
        wanted = replace(wanted, person_id=member.person.id)
    return await context.control.read(account_records, member.shop.id, wanted, before, limit)


async def _filter_of(context: ShopContext, form: ActivityForm) -> ActivityFilter:
    """The filters of the form. Raises what `read_filter` raises, and `Missing` for a stranger."""
    wanted = read_filter(form, context.member)
    if wanted.person_id is not None and wanted.person_id not in await context.names():
        raise Missing(wanted.person_id)
    return wanted


async def _lines(
    context: ShopContext, wanted: ActivityFilter, found: FoundActivity
) -> AsyncIterator[str]:
    words = Words(context.member.person.language, context.member.shop, is_html=False)
    names = await context.names()
    yield csv_head(words)
    while True:
        devices = await context.control.read(device_names, found.session_ids)
        for line in csv_lines(words, activity_rows(words, names, devices, found)):
            yield line
        if found.next is None:
            return
        found = await _activity(context, wanted, found.next)


async def _activity(context: ShopContext, wanted: ActivityFilter, before: Cursor) -> FoundActivity:
    of_account = await _account_records(context, wanted, before, _LINES_AT_ONCE)
    return await context.read(merged_activity, wanted, before, _LINES_AT_ONCE, of_account)


route_handlers: Final = [show_activity, export_activity]
