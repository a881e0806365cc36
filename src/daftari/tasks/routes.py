"""Routes of long work: the list, cancelling, and the file."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from daftari.db.sealed_files import sealed_chunks
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Missing
from daftari.tasks.actions import cancel_task, get_task
from daftari.tasks.pages import tasks_page
from daftari.tasks.rules import LongTask
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.templates import render

_PAGE: Final = "/s/{shop:str}/more/tasks"


@get(_PAGE, may=Permission.EXPORT_BOOK)
async def show_tasks(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show the long work of the shop. htmx: the list, which asks again while something runs."""
    context.require_whole_shop()
    await context.read_frame()
    names = dict(await context.names())
    page = await context.control.read(tasks_page, context.member, names, context.at)
    template = "_tasks" if is_htmx(context.request) else "tasks"
    return render(context.request, f"tasks/{template}.html", page)


@post(f"{_PAGE}/{{task:str}}/cancellation", may=Permission.EXPORT_BOOK)
async def cancel(context: NamedDependency[ShopContext], task: FromPath[str]) -> Response[Any]:
    """Cancel a task that waits or runs."""
    context.require_whole_shop()
    await context.control.write(cancel_task, context.member, context.clock.now(), task)
    return redirect_after_post(context.request, f"{context.member.shop.home}/more/tasks")


@get(f"{_PAGE}/{{task:str}}/file", may=Permission.EXPORT_BOOK, verified=True)
async def download(context: NamedDependency[ShopContext], task: FromPath[str]) -> Stream:
    """The file of a task, while it is kept."""
    context.require_whole_shop()
    found = await context.control.read(get_task, context.member.shop.id, task)
    if not found.has_file(context.at):
        raise Missing(task)
    return await _file_of(context, found)


async def _file_of(context: ShopContext, task: LongTask) -> Stream:
    file = await context.shops.sealed_file(task.shop_id, task.id)
    if not file.path.exists():
        raise Missing(task.id)
    name = f"daftari-{context.member.shop.day_of(task.asked_at)}.zip"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(task.file_bytes),
    }
    chunks = _in_threads(sealed_chunks(file.path, file.key))
    return Stream(chunks, media_type="application/zip", headers=headers)


async def _in_threads(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The chunks, each read and unsealed in another thread."""
    while chunk := await asyncio.to_thread(next, chunks, b""):
        yield chunk


route_handlers: Final = [show_tasks, cancel, download]
