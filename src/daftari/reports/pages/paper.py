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
_LONG: Final = 60_000
"""Characters of data from which a paper is long: some 150 entries."""
_REMEMBERED: Final = 12


def pdf_of(template: str, language: str, digits: str, content: object) -> bytes:
    """The PDF of `templates/reports/<template>.typ`. It takes CPU, not the interpreter's lock."""
    import typst

    data = {
        "language": language,
        "digits": _DIGITS if digits == "arab" else {},
        "content": content,
    }
    compiler = typst.Compiler(
        _PAPERS / f"{template}.typ", root=_PAPERS, font_paths=_fonts(), ignore_system_fonts=True
    )
    told = msgspec.json.encode(data).decode()
    pdf = compiler.compile(format="pdf", sys_inputs={"data": told}, pdf_tags=False)
    assert isinstance(pdf, bytes)
    if len(told) > _LONG:
        _forget(compiler)
    return pdf


def _forget(compiler: "typst.Compiler") -> None:
    """Let typst drop what it remembers of a long paper, 50 MB of 500 entries: it keeps what it used
    within the last ten papers, so some empty ones follow.
    """
    for _number in range(_REMEMBERED):
        compiler.compile(b" ", format="pdf")


@cache
def _fonts() -> "typst.Fonts":
    import typst

    folder: Path = BUILT / "paper"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


_DIGITS: Final = {chr(latin): chr(arabic) for latin, arabic in TO_ARABIC.items() if latin > 47}
