"""The number of SMS segments of a text, by which providers charge.

3GPP TS 23.038: a text of the GSM alphabet has 160 septets in a single segment and 153 in each of
several; any other text is sent as UCS-2, with 70 or 67 units. Characters of the extension table
take two septets, those beyond the Basic Multilingual Plane two units, and neither is split.
"""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")


def segments_of(text: str) -> int:
    """The number of SMS segments; an empty text has one."""
    if set(text) <= _BASIC | _EXTENDED:
        return _parts([2 if sign in _EXTENDED else 1 for sign in text], alone=160, each=153)
    return _parts([2 if ord(sign) > 0xFFFF else 1 for sign in text], alone=70, each=67)


def _parts(sizes: list[int], alone: int, each: int) -> int:
    if sum(sizes) <= alone:
        return 1
    parts, room = 1, each
    for size in sizes:
        if size > room:
            parts, room = parts + 1, each
        room -= size
    return parts
