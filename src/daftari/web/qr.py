"""QR codes (ISO/IEC 18004) as SVG inside a page.

The `segno` library is imported at the first code.
"""

from typing import Final

from markupsafe import Markup

_QUIET_ZONE: Final = 4  # modules of white around the code, as the standard asks


def qr_code(text: str) -> Markup:
    """The QR code of a text: dark on white in every theme, as wide as its place."""
    import segno

    code = segno.make_qr(text, error="m")
    look = {"dark": "#000", "light": "#fff", "svgclass": "qr", "lineclass": None}
    return Markup(code.svg_inline(border=_QUIET_ZONE, omitsize=True, **look))
