"""The application factory: joins settings, routes, guards, error handlers and background jobs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any, Final

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler
from litestar.stores.memory import MemoryStore
from litestar.types import ControllerRouterHandler, ExceptionHandlersMap

from daftari.approvals.actions import count_to_answer
from daftari.audit import routes as audit
from daftari.customers import routes as customers
from daftari.db.base import ReadTx
from daftari.db.connection import FileBusy, StorageFull
from daftari.db.databases import Databases, open_databases
from daftari.db.shops import ShopAhead, ShopDamaged, ShopUnknown
from daftari.delivery import routes as delivery
from daftari.delivery.actions.alerts import count_unread
from daftari.delivery.jobs.codes import CodeSender
from daftari.exports import routes as exports
from daftari.identity import routes as identity
from daftari.identity.guards import access
from daftari.identity.guards.context import provide_context
from daftari.identity.rules import Member
from daftari.identity.rules.alerts import WITHIN
from daftari.kernel.clock import Clock
from daftari.kernel.distinct import DistinctCounter
from daftari.ledger import routes as ledger
from daftari.ledger.actions.due import count_due
from daftari.ledger.jobs import copy_heads_forever
from daftari.offline import routes as offline
from daftari.reminders import routes as reminders
from daftari.reports import routes as reports
from daftari.settings import Settings
from daftari.tasks import routes as tasks
from daftari.web import errors
from daftari.web import routes as web
from daftari.web.after_saving import skip_saved_form
from daftari.web.background import running
from daftari.web.csrf import refuse_other_sites
from daftari.web.headers import SecurityHeaders
from daftari.web.middleware import RequestMiddleware
from daftari.web.rate_limit import forget_visitors_forever
from daftari.web.requests import LARGEST_FORM, BoundedRequest
from daftari.web.view import Frame, assets
from daftari.worker import open_worker

_ERRORS: Final[ExceptionHandlersMap] = {
    **errors.HANDLERS,
    ShopUnknown: errors.answering("not_found"),
    ShopDamaged: errors.answering("shop_damaged"),
    ShopAhead: errors.answering("shop_ahead"),
    StorageFull: errors.answering("storage_full"),
    FileBusy: errors.answering("busy", {"Retry-After": "5"}),
}


def create_app(settings: Settings, *, clock: Clock | None = None) -> Litestar:
    """Create the Litestar application; files are opened when its lifespan starts.

    The app's state holds `settings`, `clock`, `frame_of` for the frame of a shop's pages, `looks`
    for how much its people look at, and during the lifespan the fields of `Databases`, and
    `send_text` for codes.
    """
    visits = MemoryStore()
    state = State({"settings": settings, "clock": clock or Clock(), "visits": visits})
    state.frame_of = _frame_of
    state.looks = DistinctCounter(WITHIN)
    state.session_cookie = access.cookie_name(settings)
    app = Litestar(
        route_handlers=_routes(),
        guards=[_guard],
        before_request=skip_saved_form,
        dependencies={"context": Provide(provide_context, sync_to_thread=False)},
        exception_handlers=_ERRORS,
        lifespan=[_open_files],
        request_class=BoundedRequest,
        request_max_body_size=LARGEST_FORM,
        state=state,
        stores={"rate_limit": visits},
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    app.asgi_handler = RequestMiddleware(app.asgi_handler, SecurityHeaders(settings.is_https))
    return app


async def _guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of every route: CSRF check and access check.

    They are one guard, because Litestar copies the handler for each guard (30 µs per copy).
    """
    refuse_other_sites(connection)
    await access.require_access(connection, handler)


def _routes() -> list[ControllerRouterHandler]:
    return [
        assets().route(),
        *web.route_handlers,
        *identity.route_handlers,
        *customers.route_handlers,
        *ledger.route_handlers,
        *reminders.route_handlers,
        *reports.route_handlers,
        *delivery.route_handlers,
        *offline.route_handlers,
        *audit.route_handlers,
        *tasks.route_handlers,
        *exports.route_handlers,
    ]


def _frame_of(tx: ReadTx, member: Member, at: datetime) -> Frame:
    """What the frame of a shop's pages shows, from the rooms that know it: a statement each."""
    due = count_due(tx, member.shop.day_of(at))
    return Frame(due, count_unread(tx, member), count_to_answer(tx, member, at))


@asynccontextmanager
async def _open_files(app: Litestar) -> AsyncIterator[None]:
    """The lifespan of the app: open database files, background jobs and the worker."""
    state = app.state
    async with open_databases(state.settings) as databases:
        state.control, state.shops, state.storage = (
            databases.control,
            databases.shops,
            databases.storage,
        )
        state.unlock, state.derived = databases.unlock, databases.derived
        copying = partial(copy_heads_forever, databases.shops, databases.control, state.clock)
        forgetting = partial(forget_visitors_forever, state.visits)
        codes = CodeSender(state.settings)
        state.send_text = codes.send if codes.is_open else None
        async with running(copying), running(forgetting), _run_worker(databases, state):
            yield
        await codes.close()


@asynccontextmanager
async def _run_worker(databases: Databases, state: State) -> AsyncIterator[None]:
    """Run the worker in this process, unless the setting `worker` is off."""
    if not state.settings.worker:
        yield
        return
    async with open_worker(databases, state.settings, state.clock) as worker, running(worker.run):
        yield
