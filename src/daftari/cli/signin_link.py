"""`daftari signin-link`: a way in for somebody who lost every passkey and every code.

Whoever can run this can read the data folder: the operator's word is the proof.
"""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from daftari.settings import Settings

SUMMARY: Final = "print a link that signs a person in once, within ten minutes"


def add_arguments(parser: ArgumentParser) -> None:
    """Who: a phone number with its +."""
    parser.add_argument("phone", help="the person's phone, such as +966501234567")


def run(arguments: Namespace, settings: Settings) -> int:
    """Answers 1 when nobody has this phone. Several who share it get a link each."""
    links = asyncio.run(_make_links(arguments.phone, settings))
    for name, link in links:
        print(f"{name}\t{link}")
    if not links:
        print("Nobody signed up with this phone.", file=sys.stderr)
    return 0 if links else 1


async def _make_links(phone: str, settings: Settings) -> list[tuple[str, str]]:
    from daftari.db.databases import open_databases
    from daftari.identity.actions.recovery import make_links
    from daftari.identity.rules.phones import possible_phones
    from daftari.kernel.clock import Clock
    from daftari.kernel.refusal import Refusal

    try:
        phones = possible_phones(phone)
    except Refusal:
        return []
    async with open_databases(settings) as databases:
        made = await databases.control.write(make_links, phones, Clock().now())
    return [(name, f"{settings.origin}/signin/link/{token}") for name, token in made]
