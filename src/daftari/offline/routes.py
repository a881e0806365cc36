"""What the browser needs to install the app."""

from typing import Final

import msgspec
from litestar import Response, get

from daftari.offline.rules import manifest
from daftari.web.requests import AnyRequest
from daftari.web.view import assets, language_of


@get("/manifest.webmanifest", public=True)
async def webmanifest(request: AnyRequest) -> Response[bytes]:
    """The installed app's name, icons and colours, in the reader's language."""
    content = msgspec.json.encode(manifest(language_of(request), assets().url))
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(content, media_type="application/manifest+json", headers=headers)


route_handlers: Final = [webmanifest]
