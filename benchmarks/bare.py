"""The same stack with nothing on it: what the pages would cost without Daftari.

Litestar, Jinja, plain SQLite through aiosqlite and SQLAlchemy as their manuals show it (Core, the
statements built once), durable (`WAL`, `synchronous=FULL`), served by the same server with the
same settings. No session, no encryption, no languages, no allocation, no proof, no packing.
`python -m benchmarks.bare <file>` listens on DAFTARI_PORT.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar, Request, Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect, Template
from litestar.template import TemplateConfig
from sqlalchemy import Column, Date, Integer, MetaData, Table, Text, bindparam, insert, select
from sqlalchemy import event as events
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

tables = MetaData()
customers = Table(
    "customers",
    tables,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("nickname", Text, nullable=False),
    Column("phone", Text),
    Column("balance_minor", Integer, nullable=False),
    Column("oldest_due_on", Date, index=True),
    Column("last_payment_on", Date),
)
entries = Table(
    "entries",
    tables,
    Column("sequence", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("customer_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("amount_minor", Integer, nullable=False),
    Column("balance_after_minor", Integer, nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("due_on", Date),
    Column("note", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
)

_LIST = select(customers).order_by(customers.c.oldest_due_on.asc().nulls_last()).limit(50)
_CUSTOMER = select(customers).where(customers.c.id == bindparam("customer_id"))
_STATEMENT = (
    select(entries)
    .where(entries.c.customer_id == bindparam("customer_id"))
    .order_by(entries.c.sequence.desc())
    .limit(bindparam("rows"))
)
_INSERT = insert(entries)


def plain_engine(file: Path) -> AsyncEngine:
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}")

    @events.listens_for(engine.sync_engine, "connect")
    def _durable(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    return engine


@get("/readyz")
async def readyz() -> str:
    return "ready\n"


@get("/")
async def show_list(request: Request[Any, Any, Any]) -> Template:
    async with request.app.state.engine.connect() as connection:
        rows = (await connection.execute(_LIST)).all()
    return Template("list.html", context={"rows": rows, "today": date.today()})


@get("/customers/{customer:str}")
async def show_statement(request: Request[Any, Any, Any], customer: FromPath[str]) -> Template:
    return await _statement(request, "statement.html", customer, 200)


@post("/customers/{customer:str}/entries")
async def post_entry(
    request: Request[Any, Any, Any],
    customer: FromPath[str],
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    async with request.app.state.engine.begin() as connection:
        await connection.execute(_INSERT, _row(customer, data))
    if "hx-request" in request.headers:
        return await _statement(request, "lines.html", customer, 50)
    return Redirect(f"/customers/{customer}", status_code=303)


async def _statement(
    request: Request[Any, Any, Any], name: str, customer_id: str, rows: int
) -> Template:
    asked = {"customer_id": customer_id, "rows": rows}
    async with request.app.state.engine.connect() as connection:
        customer = (await connection.execute(_CUSTOMER, asked)).one()
        lines = (await connection.execute(_STATEMENT, asked)).all()
    return Template(name, context={"customer": customer, "rows": lines}, status_code=200)


def _row(customer_id: str, data: dict[str, str]) -> dict[str, Any]:
    return {
        "id": data["id"],
        "customer_id": customer_id,
        "kind": data["kind"],
        "amount_minor": round(float(data["amount"]) * 100),
        "balance_after_minor": 0,
        "occurred_on": date.today(),
        "due_on": None,
        "note": data.get("note", ""),
        "recorded_at": datetime.now(UTC).isoformat(),
    }


def create_bare_app(file: Path) -> Litestar:
    @asynccontextmanager
    async def with_engine(app: Litestar) -> AsyncIterator[None]:
        app.state.engine = plain_engine(file)
        yield
        await app.state.engine.dispose()

    pages = Path(__file__).parent / "bare_pages"
    return Litestar(
        route_handlers=[readyz, show_list, show_statement, post_entry],
        lifespan=[with_engine],
        template_config=TemplateConfig(directory=pages, engine=JinjaTemplateEngine),
        openapi_config=None,
        logging_config=None,
    )


async def serve(file: Path, port: int) -> None:
    app = create_bare_app(file)
    server = Server(
        app,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_enabled=False,
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.stop)
    async with app.lifespan():
        await server.serve()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(os.environ["DAFTARI_PORT"])))
