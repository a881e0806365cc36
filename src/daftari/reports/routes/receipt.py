"""The route of a receipt on paper."""

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.reports.pages.receipt import receipt_file, receipt_of
from daftari.reports.pages.wording import Wording
from daftari.reports.routes.common import as_download, shop_phone_of
from daftari.reports.routes.press import press
from daftari.reports.rules.receipt import Paper


@get("/s/{shop:str}/entries/{entry:str}/receipt.pdf", may=Permission.SEND_MESSAGE)
async def receipt_pdf(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """The receipt of an entry that stands, on the paper that `paper` names: a6, 80 or 58."""
    asked = context.request.query_params.get("paper", Paper.A6)
    if asked not in tuple(Paper):
        raise NotFoundException
    receipt = await context.read(receipt_of, context.today, entry)
    wording, phone = (
        Wording(context.person.language, context.member.shop),
        await shop_phone_of(context),
    )
    file = await press(receipt_file, wording, receipt, phone, Paper(asked))
    return as_download(file, "pdf")


route_handlers: Final = [receipt_pdf]
