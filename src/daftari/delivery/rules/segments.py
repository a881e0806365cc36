"""How many short messages a text takes: what the provider counts and charges.

3GPP TS 23.038: a text of the GSM alphabet has 160 septets in one part and 153 in each of several;
any other goes out as UCS-2, 70 or 67 units. Signs of the extension table take two septets, those
beyond the Basic Multilingual Plane two units, and neither is cut in half.
"""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")


def segments_of(text: str) -> int:
    """The number of parts; an empty text takes one."""
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
