"""Routes for the installed app: manifest, service worker, shell, snapshot and sync.

The client is a script: errors are JSON responses, never redirects.
"""

import asyncio
from collections.abc import Mapping
from functools import cache
from typing import Final

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.actions.people import names_in
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Member, Permission
from daftari.identity.rules.held import EITHER
from daftari.kernel.languages import LANGUAGES
from daftari.kernel.refusal import Missing, Refusal
from daftari.offline.actions.refused import settle_refused
from daftari.offline.actions.sync import AppliedBatch, apply_batch
from daftari.offline.forms.items import IncomingBatch, read_batch, read_item
from daftari.offline.pages.manifest import manifest
from daftari.offline.pages.phone import PhonePage
from daftari.offline.pages.refused import Settling, refused_page
from daftari.offline.pages.shell import shell_page, shell_view
from daftari.offline.pages.snapshot import snapshot
from daftari.offline.pages.worker import BOOK, SHELL, kept_of, modules_of, worker_source
from daftari.offline.rules.clocks import ahead_of, seconds_off
from daftari.offline.rules.commands import SettleRefused
from daftari.offline.rules.verdicts import Verdict
from daftari.web.compression import compress
from daftari.web.errors import ERROR_TEXTS, JSON, show, status_of
from daftari.web.hx import redirect_after_post
from daftari.web.i18n import reason_text
from daftari.web.requests import AnyRequest
from daftari.web.templates import HTML, render, text_of
from daftari.web.view import assets, language_of

LARGEST_BATCH: Final = 256 * 1024
_REFUSED: Final = "/s/{shop:str}/more/refused"
ASKED_ANEW: Final = {"Cache-Control": "no-cache"}


@get("/manifest.webmanifest", public=True)
async def webmanifest(request: AnyRequest) -> Response[bytes]:
    """The manifest of the installed app, in the reader's language."""
    content = msgspec.json.encode(manifest(language_of(request), assets().url))
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(content, media_type="application/manifest+json", headers=headers)


@get("/service-worker.js", public=True)
async def service_worker(request: AnyRequest) -> Response[bytes]:
    """The service worker script of one build, from all parts in `js/worker/`."""
    content, headers = compress(request, await asyncio.to_thread(_worker))
    return Response(content, media_type="text/javascript", headers=headers | ASKED_ANEW)


@get(SHELL, public=True)
async def show_shell(request: AnyRequest) -> Response[bytes]:
    """The offline shell without data, for the phone to fill. Query: `language`."""
    asked = request.query_params.get("language", "")
    language = asked if asked in LANGUAGES else language_of(request)
    content, headers = compress(request, await asyncio.to_thread(_shell, language))
    return Response(content, media_type=HTML, headers=headers | ASKED_ANEW)


@get("/s/{shop:str}/snapshot", errors_as=JSON)
async def get_snapshot(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """The snapshot. Query: `after`, a version; any other text asks for the whole book;
    `scope`, of the book that the phone has.
    """
    query = context.request.query_params
    asked = _version(query.get("after", "")), query.get("scope", "")
    people = await context.control.read(names_in, context.member.shop.id)
    seen = await context.read(snapshot, context.member, context.at, people, *asked)
    # Large: encoded in a thread, so that the event loop is not blocked.
    content, headers = await asyncio.to_thread(_packed, context.request, seen)
    return Response(content, media_type=JSON, headers=headers)


@post(
    "/s/{shop:str}/sync",
    errors_as=JSON,
    answers_former=True,
    status_code=200,
    even_if=EITHER,
    request_max_body_size=LARGEST_BATCH,
)
async def post_sync(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Apply a batch of items in one transaction; the response has a verdict for each.

    A former member's items are refused one by one, so that the phone and the owner are told; what
    is no batch is answered as a stranger's.
    """
    try:
        batch = read_batch(await context.request.body())
    except Refusal as refusal:
        if context.member.ended_at is not None:
            raise Missing(context.member.shop.id) from None
        return show(context.request, ERROR_TEXTS["bad_request"], refusal.reasons)
    ahead = ahead_of(context.at, batch.now)
    items = [read_item(raw, context.member) for raw in batch.items]
    applied = await context.do(apply_batch, IncomingBatch(ahead, items))
    off = seconds_off(ahead)
    clock = {} if off is None else {"clock_off_seconds": off}
    content = msgspec.json.encode(_answer(applied, context.member) | clock)
    return Response(content, media_type=JSON)


@get(_REFUSED, may=Permission.SEE_TOTALS)
async def show_refused(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show the items of phones that the book refused."""
    return await _show_refused(context, Settling(), 200)


@post(f"{_REFUSED}/{{refused:str}}/entry", may=Permission.SEE_TOTALS)
async def enter_refused(
    context: NamedDependency[ShopContext], refused: FromPath[str]
) -> Response[bytes]:
    """Enter a refused item as one's own."""
    return await _settle(context, SettleRefused(refused, enters=True))


@post(f"{_REFUSED}/{{refused:str}}/removal", may=Permission.SEE_TOTALS)
async def leave_refused(
    context: NamedDependency[ShopContext], refused: FromPath[str]
) -> Response[bytes]:
    """Leave a refused item out for good; it stays in the list."""
    return await _settle(context, SettleRefused(refused, enters=False))


async def _settle(context: ShopContext, command: SettleRefused) -> Response[bytes]:
    try:
        await context.do(settle_refused, command)
    except Refusal as refusal:
        settling = Settling(command.id, refusal.reasons)
        return await _show_refused(context, settling, status_of(refusal))
    return redirect_after_post(context.request, f"{context.member.shop.home}/more/refused")


async def _show_refused(context: ShopContext, settling: Settling, status: int) -> Response[bytes]:
    shown = context.member, await context.names(), settling
    page = await context.read_framed(refused_page, *shown)
    return render(context.request, "offline/refused.html", page, status)


@get("/s/{shop:str}/more/phone")
async def show_phone(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show what this phone stores and has not sent yet."""
    await context.read_frame()
    return render(context.request, "offline/phone.html", PhonePage(context.member.shop.home))


@cache
def _worker() -> bytes:
    built = assets()
    kept = kept_of(built.paths, modules_of(BOOK, built.content))
    parts = [path for path in built.paths if path.startswith("js/worker/")]
    return worker_source(
        parts=[built.content(path).decode() for path in parts],
        shells={language: _shell(language) for language in LANGUAGES},
        files={built.url(path): built.content(path) for path in kept},
    ).encode()


@cache
def _shell(language: str) -> bytes:
    return text_of(shell_view(language), "offline/shell.html", shell_page(language)).encode()


def _version(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if is_number else None


def _packed(request: AnyRequest, content: object) -> tuple[bytes, dict[str, str]]:
    return compress(request, msgspec.json.encode(content))


def _answer(applied: AppliedBatch, member: Member) -> dict[str, object]:
    answers = [_verdict_json(verdict, member) for verdict in applied.verdicts]
    return {"answers": answers, "version": applied.version}


def _verdict_json(verdict: Verdict, member: Member) -> Mapping[str, str]:
    """The verdict as JSON: the name of its reason, and its text in the person's language."""
    content = {"id": verdict.id, "answer": str(verdict.answer)}
    if verdict.reason is None:
        return content
    formatting = member.shop.digits, member.shop.notation
    words = reason_text(member.person.language, verdict.reason, *formatting)
    return content | {"reason": verdict.reason.name, "field": verdict.field, "words": words}


route_handlers: Final = [
    webmanifest,
    service_worker,
    show_shell,
    get_snapshot,
    post_sync,
    show_refused,
    enter_refused,
    leave_refused,
    show_phone,
]
