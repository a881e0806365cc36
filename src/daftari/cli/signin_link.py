"""The command `daftari signin-link`: prints a one-time link for a person who lost every passkey.

The operator vouches for the person's identity: the command needs access to the data folder.
"""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from typing import Final

from daftari.settings import Settings

SUMMARY: Final = "print a link that signs a person in once, within ten minutes"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the argument `phone`: the person's number with its +."""
    parser.add_argument("phone", help="the person's phone, such as +966501234567")


def run(arguments: Namespace, settings: Settings) -> int:
    """Print one link for each person with this phone. Returns 1 when there is none."""
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
