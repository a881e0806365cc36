"""Static assets made by `asset_build`: read once, served from memory, immutable per build id.

The content of `/static/<build>/<path>` never changes, so a browser caches it for ever. Relative
addresses inside (ES imports, `url(../fonts/…)`) resolve under the same build. An address of another
build redirects to the current one: an old page that is still open works after a new release.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from daftari.web.compression import accepted_codings
from daftari.web.requests import AnyRequest

BUILT = Path(__file__).parent.parent / "static" / "built"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
PACKED = {"br": ".br", "gzip": ".gz"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class AssetsMissing(RuntimeError):
    """The folder of built assets is empty: run `make assets`."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: content type, plain bytes, and compressed bytes by content encoding."""

    content_type: str
    plain: bytes
    packed: Mapping[str, bytes]

    def best(self, accepted: str) -> tuple[str, bytes]:
        """The content encoding and the bytes for an `Accept-Encoding`; '' is the plain file."""
        wanted = accepted_codings(accepted)
        for encoding, content in self.packed.items():
            if encoding in wanted:
                return encoding, content
        return "", self.plain


class Assets:
    """All static files by path. `build` is a short hash over all of them."""

    def __init__(self, files: Mapping[str, Asset]) -> None:
        self._files = files
        self.build = _digest(files)

    @classmethod
    def read(cls, folder: Path = BUILT) -> "Assets":
        """Read the folder that `asset_build` writes. Raises `AssetsMissing` when it is empty."""
        paths = sorted(path for path in folder.rglob("*") if path.suffix in TYPES)
        if not paths:
            raise AssetsMissing(f"no assets in {folder}: run `make assets`")
        return cls({path.relative_to(folder).as_posix(): _asset(path) for path in paths})

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self._files)

    def url(self, path: str) -> str:
        """The URL of `path` ('css/daftari.css') in this build. Raises `KeyError` if unknown."""
        if path not in self._files:
            raise KeyError(path)
        return f"/static/{self.build}/{path}"

    def content(self, path: str) -> bytes:
        """The uncompressed bytes of `path`. Raises `KeyError` if unknown."""
        return self._files[path].plain

    def route(self) -> HTTPRouteHandler:
        """The public route handler of GET /static/{build}/{path}."""

        @get("/static/{build:str}/{path:path}", public=True)
        async def static(
            request: AnyRequest, build: FromPath[str], path: FromPath[str]
        ) -> Response[bytes] | Redirect:
            return self._answer(request, build, path.lstrip("/"))

        return static

    def _answer(self, request: AnyRequest, build: str, path: str) -> Response[bytes] | Redirect:
        if path not in self._files:
            raise NotFoundException
        if build != self.build:
            return Redirect(self.url(path), headers={"Cache-Control": "no-store"})
        return _response(self._files[path], request)


def _response(asset: Asset, request: AnyRequest) -> Response[bytes]:
    encoding, content = asset.best(request.headers.get("accept-encoding", ""))
    headers = FOR_EVER | ({"Vary": "Accept-Encoding"} if asset.packed else {})
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(content, media_type=asset.content_type, headers=headers)


def _asset(path: Path) -> Asset:
    packed = {
        encoding: twin.read_bytes()
        for encoding, suffix in PACKED.items()
        if (twin := path.with_name(path.name + suffix)).exists()
    }
    return Asset(TYPES[path.suffix], path.read_bytes(), packed)


def _digest(files: Mapping[str, Asset]) -> str:
    total = sha256()
    for path, asset in sorted(files.items()):
        total.update(sha256(path.encode()).digest() + sha256(asset.plain).digest())
    return total.hexdigest()[:12]
