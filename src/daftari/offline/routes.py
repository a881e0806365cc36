"""The doors for phones: what installs the app, what the phone carries, what it brings back.

A phone is a program: whatever happens it is answered in JSON, and never sent elsewhere.
"""

import asyncio
from collections.abc import Mapping
from functools import cache
from typing import Final

import msgspec
from litestar import Response, get, post

from daftari.accounts.actions.people import names_in
from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed, Member
from daftari.kernel.refusal import Refusal
from daftari.offline.actions import Batch, Taken, take_batch
from daftari.offline.forms.items import read_batch, read_item
from daftari.offline.pages.phone import PhonePage
from daftari.offline.pages.refused import refused_page
from daftari.offline.pages.shell import shell_page, shell_view
from daftari.offline.pages.snapshot import snapshot
from daftari.offline.rules.clocks import ahead_of, seconds_off
from daftari.offline.rules.manifest import manifest
from daftari.offline.rules.verdicts import Verdict
from daftari.offline.rules.worker import BOOK, SHELL, kept_of, modules_of, worker_source
from daftari.web.errors import FACES, JSON, show
from daftari.web.i18n import LANGUAGES, reason_text
from daftari.web.packing import pack
from daftari.web.requests import AnyRequest
from daftari.web.templates import HTML, render, text_of
from daftari.web.view import assets, language_of

LARGEST_BATCH: Final = 256 * 1024
ASKED_ANEW: Final = {"Cache-Control": "no-cache"}


@get("/manifest.webmanifest", public=True)
async def webmanifest(request: AnyRequest) -> Response[bytes]:
    """The installed app's name, icons and colours, in the reader's language."""
    content = msgspec.json.encode(manifest(language_of(request), assets().url))
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(content, media_type="application/manifest+json", headers=headers)


@get("/service-worker.js", public=True)
async def service_worker(request: AnyRequest) -> Response[bytes]:
    """One script of all parts in `js/worker/`, by name, for one build."""
    content, headers = pack(request, await asyncio.to_thread(_worker))
    return Response(content, media_type="text/javascript", headers=headers | ASKED_ANEW)


@get(SHELL, public=True)
async def show_shell(request: AnyRequest) -> Response[bytes]:
    """The book's look with nobody's data in it, for the phone to fill. Query: `language`."""
    asked = request.query_params.get("language", "")
    language = asked if asked in LANGUAGES else language_of(request)
    content, headers = pack(request, await asyncio.to_thread(_shell, language))
    return Response(content, media_type=HTML, headers=headers | ASKED_ANEW)


@get("/s/{shop:str}/snapshot", speaks=JSON)
async def get_snapshot(request: AnyRequest) -> Response[bytes]:
    """Query: `after`, a version; what is no version asks for the whole book."""
    desk = Desk.of(request)
    after = _version(request.query_params.get("after", ""))
    people = await desk.control.read(names_in, desk.member.shop.id)
    seen = await desk.read(snapshot, desk.member, desk.at, people, after)
    # Large: written down beside the loop, so that nobody else waits for it.
    content, headers = await asyncio.to_thread(_packed, request, seen)
    return Response(content, media_type=JSON, headers=headers)


@post("/s/{shop:str}/sync", speaks=JSON, status_code=200, request_max_body_size=LARGEST_BATCH)
async def post_sync(request: AnyRequest) -> Response[bytes]:
    """A batch of items, in one transaction; a verdict for each."""
    try:
        batch = read_batch(await request.body())
    except Refusal as refusal:
        return show(request, FACES["bad_request"], refusal.reasons)
    desk = Desk.of(request)
    ahead = ahead_of(desk.at, batch.now)
    items = [read_item(raw, desk.member) for raw in batch.items]
    taken = await desk.do(take_batch, Batch(ahead, items))
    off = seconds_off(ahead)
    told = {} if off is None else {"clock_off_seconds": off}
    content = msgspec.json.encode(_answer(taken, desk.member) | told)
    return Response(content, media_type=JSON)


@get("/s/{shop:str}/more/refused", may=Deed.MANAGE_SHOP)
async def show_refused(request: AnyRequest) -> Response[bytes]:
    """What phones brought and the book did not take."""
    desk = Desk.of(request)
    people = await desk.control.read(names_in, desk.member.shop.id)
    page = await desk.read(refused_page, desk.member, people)
    return render(request, "offline/refused.html", page)


@get("/s/{shop:str}/more/phone")
async def show_phone(request: AnyRequest) -> Response[bytes]:
    """What this phone keeps, and what waits on it."""
    return render(request, "offline/phone.html", PhonePage(Desk.of(request).member.shop.home))


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
    return pack(request, msgspec.json.encode(content))


def _answer(taken: Taken, member: Member) -> dict[str, object]:
    answers = [_told(verdict, member) for verdict in taken.verdicts]
    return {"answers": answers, "version": taken.version}


def _told(verdict: Verdict, member: Member) -> Mapping[str, str]:
    """The verdict with its reason's name, and the sentence in the person's language."""
    told = {"id": verdict.id, "answer": str(verdict.answer)}
    if verdict.reason is None:
        return told
    manner = member.shop.digits, member.shop.notation
    words = reason_text(member.person.language, verdict.reason, *manner)
    return told | {"reason": verdict.reason.name, "words": words}


route_handlers: Final = [
    webmanifest,
    service_worker,
    show_shell,
    get_snapshot,
    post_sync,
    show_refused,
    show_phone,
]
