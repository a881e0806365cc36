"""From a page object to HTML. One Jinja environment for each manner of speaking."""

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from litestar import Request, Response
from markupsafe import Markup, escape

from daftari.kernel.money import POINT
from daftari.web.compression import compress
from daftari.web.formatting import Locale, functions
from daftari.web.view import View, assets, view_of

TEMPLATES = Path(__file__).parents[1] / "templates"
HTML = "text/html"
_PLAIN = (FunctionType, type(cache(len)))


def render(
    request: Request[Any, Any, Any],
    name: str,
    page: object,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """Answer with `templates/<name>`, which sees `page` and `view`."""
    html = text_of(view_of(request), name, page).encode()
    content, packed = compress(request, html)
    return Response(
        content, status_code=status, media_type=HTML, headers={**packed, **(headers or {})}
    )


def text_of(view: View, name: str, page: object) -> str:
    """The HTML itself, for a page that is put together of several fragments."""
    spoken = environment(Locale(view.language, view.digits, view.notation))
    return spoken.get_template(name).render(page=page, view=view)


@cache
def environment(manner: Locale) -> Environment:
    """Strict templates that speak in this manner. There are at most eight, most never made."""
    made = _Speaking(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # set by its extension
    made.globals.update(functions(manner), asset=assets().url)
    return made


def compile_ahead() -> Iterator[str]:
    """Compile every template for the manner most shops speak in, one at each step; its name."""
    spoken = environment(Locale("ar", "latn", POINT))
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        spoken.get_template(name)
        yield name


class _Directly(Context):
    """Calls a plain function at once; Jinja first looks at each in four ways, 1 µs a call."""

    def call(self, called: Any, /, *args: Any, **named: Any) -> Any:
        if type(called) in _PLAIN and not hasattr(called, "jinja_pass_arg"):
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
            return called(*args, **named)
        return super().call(called, *args, **named)


class _Quotes(CodeGenerator):
    """Writes templates that ask `_Speaking.quoted` for what they print."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.quoted(")


class _Speaking(Environment):
    """Its templates share one plain dictionary of functions.

    Jinja's own chain of maps is copied key by key at each rendering, 25 µs a page.
    """

    context_class = _Directly
    code_generator_class = _Quotes

    @staticmethod
    def quoted(value: Any) -> str:
        """What `escape` answers. It makes new markup out of markup, a sixth of a page's cost."""
        return value if type(value) is Markup else escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if d is None else {**self.globals, **d}
