"""Routes of the export: it is asked for, and the newest file is at a fixed address."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from daftari.exports.actions import note_shop_export
from daftari.exports.rules.commands import ExportShop
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.ids import is_id, new_id
from daftari.tasks.actions import ask_task, find_same, newest_file
from daftari.tasks.rules import TaskKind
from daftari.tasks.rules.commands import AskTask
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in


@post("/s/{shop:str}/exports", may=Permission.EXPORT_BOOK, verified=True)
async def export_shop(context: NamedDependency[ShopContext]) -> Response[Any]:
    """Begin an export; where one is running, or the id is known, that is the one."""
    context.require_whole_shop()
    asked = (await typed_in(context.request)).get("id", "")
    command = AskTask(asked if is_id(asked) else new_id(), TaskKind.EXPORT_SHOP)
    shop = context.member.shop
    if not await context.control.read(find_same, shop.id, command):
        await context.do(note_shop_export, ExportShop(command.id))
        await context.control.write(ask_task, context.member, context.clock.now(), command)
    return redirect_after_post(context.request, f"{shop.home}/more/tasks", saved=False)


@get("/s/{shop:str}/export.zip", may=Permission.EXPORT_BOOK)
async def newest_export(context: NamedDependency[ShopContext]) -> Redirect:
    """The newest export that is still kept; without one, where to begin one."""
    context.require_whole_shop()
    shop, tasks = context.member.shop, f"{context.member.shop.home}/more/tasks"
    task = await context.control.read(newest_file, shop.id, TaskKind.EXPORT_SHOP, context.at)
    return Redirect(f"{tasks}/{task.id}/file" if task else tasks, status_code=303)


route_handlers: Final = [export_shop, newest_export]
