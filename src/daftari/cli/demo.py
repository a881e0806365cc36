"""The command `daftari demo`: creates a realistic Arabic grocery with months of entries.

The data is written by the same actions that the pages call, many in one transaction.
"""

import asyncio
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from rich.progress import Progress

from daftari.kernel.clock import Clock
from daftari.settings import Settings

if TYPE_CHECKING:
    from daftari.cli.demo_story import Scene
    from daftari.db.base import WriteTx
    from daftari.db.databases import Databases
    from daftari.identity.rules import Member

SUMMARY: Final = "make a believable shop with months of entries; prints a one-time sign-in link"
DEEDS_IN_ONE_WRITE: Final = 500
DUE_DAYS: Final = 30


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--customers", type=_whole(1, 100_000), default=60, metavar="N")
    parser.add_argument("--entries-each", type=_whole(0, 10_000), default=24, metavar="K")
    parser.add_argument("--seed", type=int, default=1, help="the same seed tells the same story")


def run(arguments: Namespace, settings: Settings) -> int:
    link = asyncio.run(_make(arguments, settings, Clock()))
    print(
        f"بقالة النور جاهزة. افتح هذا الرابط مرة واحدة خلال عشر دقائق و`daftari serve` يعمل:\n"
        f"The shop is ready. While `daftari serve` runs, open this once, within ten minutes:\n"
        f"{link}"
    )
    return 0


async def _make(arguments: Namespace, settings: Settings, clock: Clock) -> str:
    """Create the demo shop; returns the sign-in link of its owner, Umm Salim."""
    from daftari.cli.demo_promises import give_promises
    from daftari.cli.demo_story import tell
    from daftari.db.databases import open_databases
    from daftari.identity.actions.recovery import make_link

    async with open_databases(settings) as databases:
        member = await _open_shop(databases, clock.now())
        story = tell(arguments.seed, arguments.customers, arguments.entries_each, clock.now())
        await _write_all(databases, member, story)
        await databases.shops.write(member.shop.id, give_promises, member, clock.now())
        token = await databases.control.write(make_link, member.person.id, clock.now())
    return f"{settings.origin}/signin/link/{token}"


async def _open_shop(databases: "Databases", now: datetime) -> "Member":
    """Create a shop owned by Umm Salim, who keeps her codes; debts are due after 30 days."""
    from daftari.cli.demo_words import OWNER, SHOP
    from daftari.identity.actions.recovery import keep_codes, make_codes
    from daftari.identity.actions.shops import change_settings, get_shop, open_shop, settings_of
    from daftari.identity.rules import Member, Person, Role
    from daftari.identity.rules.commands import NewShop
    from daftari.kernel.ids import new_id

    owner = Person(new_id(), OWNER, "+966500009999", "ar")
    new = NewShop(new_id(), SHOP, "SA", owner)
    wrapped_key = await databases.shops.create(new.id)
    await databases.control.write(open_shop, new, wrapped_key, now)
    for verb in (make_codes, keep_codes):
        await databases.control.write(verb, owner.id, now)
    shop = await databases.control.read(get_shop, new.id)
    settings = replace(settings_of(shop), due_days=DUE_DAYS)
    await databases.control.write(change_settings, shop.id, settings, owner.id, now)
    shop = await databases.control.read(get_shop, new.id)
    return Member(owner, shop, Role.OWNER)


async def _write_all(databases: "Databases", member: "Member", story: list["Scene"]) -> None:
    with Progress(disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("القيود", total=len(story))
        for start in range(0, len(story), DEEDS_IN_ONE_WRITE):
            part = story[start : start + DEEDS_IN_ONE_WRITE]
            await databases.shops.write(member.shop.id, _write, member, part)
            progress.advance(task, len(part))


def _write(tx: "WriteTx", member: "Member", part: Iterable["Scene"]) -> None:
    for scene in part:
        scene.verb(tx, member, scene.at, scene.command)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return read
