"""Helpers that routes of statements and receipts share."""

from litestar import Response

from daftari.identity.actions.people import phone_of_shop
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules.phones import shown_phone
from daftari.reports.pages.files import MEDIA_TYPES, PrintedFile
from daftari.reports.rules.file_names import attachment


def as_download(file: PrintedFile, format: str) -> Response[bytes]:
    """The response that a browser stores under the file's name."""
    return Response(
        file.content,
        media_type=MEDIA_TYPES[format],
        headers={"Content-Disposition": attachment(file.name, file.plain, format)},
    )


async def shop_phone_of(context: ShopContext) -> str:
    """The phone that stands under the shop's name."""
    shop_id = context.member.shop.id
    phone = await context.control.read_cached(
        (phone_of_shop, shop_id), context.at, phone_of_shop, shop_id
    )
    return shown_phone(phone) if phone else ""
