"""A paper as PDF: typst sets it from a template and the printed value, which goes in as JSON.

Nothing of the book is read as markup. The letter is our own, none of the system's. typst is
imported at the first paper.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from daftari.kernel.digits import TO_ARABIC
from daftari.web.assets import BUILT
from daftari.web.templates import TEMPLATES

if TYPE_CHECKING:
    import typst

_PAPERS: Final = TEMPLATES / "reports"


def pdf_of(template: str, language: str, digits: str, content: object) -> bytes:
    """The PDF of `templates/reports/<template>.typ`. It takes CPU, not the interpreter's lock."""
    import typst

    data = {
        "language": language,
        "digits": _DIGITS if digits == "arab" else {},
        "content": content,
    }
    # A compiler of its own each time: what one remembers of a paper leaves the memory with it.
    compiler = typst.Compiler(
        _PAPERS / f"{template}.typ", root=_PAPERS, font_paths=_fonts(), ignore_system_fonts=True
    )
    pdf = compiler.compile(
        format="pdf", sys_inputs={"data": msgspec.json.encode(data).decode()}, pdf_tags=False
    )
    assert isinstance(pdf, bytes)
    return pdf


@cache
def _fonts() -> "typst.Fonts":
    import typst

    folder: Path = BUILT / "paper"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


_DIGITS: Final = {chr(latin): chr(arabic) for latin, arabic in TO_ARABIC.items() if latin > 47}
