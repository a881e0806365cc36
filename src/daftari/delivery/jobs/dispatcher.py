"""The dispatcher: claims the due messages of a shop, sends them, and stores the outcomes."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from daftari.db.base import WriteTx
from daftari.db.databases import Databases
from daftari.delivery.actions.alerts import bring_alerts, find_missing, find_new_phones, tell_alerts
from daftari.delivery.actions.dispatch import (
    Checks,
    Claimed,
    DispatchPolicy,
    claim_messages,
    settle_message,
)
from daftari.delivery.jobs.payload import payload_of
from daftari.delivery.jobs.transports import Transports
from daftari.delivery.pages.speaker import Speaker
from daftari.delivery.rules.outcomes import Outcome
from daftari.delivery.store.claims import look
from daftari.delivery.store.messages import find_next_moment
from daftari.identity.actions.people import names_in, signed_in_at
from daftari.identity.rules import Present, Shop
from daftari.kernel.clock import Clock
from daftari.settings import Settings
from daftari.web.logs import log_job_failure

MOST_ROUNDS: Final = 8
"""Rounds in one visit. The rest waits for the next visit, so that no shop blocks the others."""

Sent = list[tuple[Claimed, Outcome]]


class Dispatcher:
    """Sends the messages of every shop. Call `close` at the end."""

    def __init__(
        self, databases: Databases, settings: Settings, clock: Clock, checks: Checks
    ) -> None:
        self._databases, self._clock, self._origin = databases, clock, settings.origin
        self._transports = Transports(databases, settings)
        self._policy = DispatchPolicy(
            self._transports.open, self._transports.repeatable, checks, settings.sms_daily
        )

    async def visit(self, shop: Shop, at: datetime) -> datetime | None:
        """Send what is due and notify of new alerts; the time of the next visit, None for never."""
        shops = self._databases.shops
        await self._copy_new_phones(shop)
        for _ in range(MOST_ROUNDS):
            now = self._clock.now()
            unnotified, ready, left_behind = await shops.read(shop.id, look, now)
            if not (unnotified or ready or left_behind):
                return await shops.read(shop.id, find_next_moment)
            present = await self._databases.control.read(signed_in_at, shop.id, now)
            if unnotified:
                names = await self._databases.control.read(names_in, shop.id)
                await shops.write(shop.id, tell_alerts, now, present, names)
            await self._dispatch_round(shop, present)
        return self._clock.now()

    async def close(self) -> None:
        await self._transports.close()

    async def _dispatch_round(self, shop: Shop, present: Sequence[Present]) -> None:
        """One round: claim, send concurrently, settle in one transaction."""
        shops, now = self._databases.shops, self._clock.now()
        claimed = await shops.write(shop.id, claim_messages, shop, now, self._policy, present)
        answers = await asyncio.gather(
            *(self._send(shop, one) for one in claimed), return_exceptions=True
        )
        sent: Sent = []
        for one, answer in zip(claimed, answers, strict=True):
            if isinstance(answer, Outcome):
                sent.append((one, answer))
            elif isinstance(answer, Exception):  # its lease expires and `take_back` decides
                log_job_failure(answer)
        if sent:
            await shops.write(shop.id, _settle, self._clock.now(), sent)

    async def _send(self, shop: Shop, claimed: Claimed) -> Outcome:
        message, phone = claimed.message, claimed.phone
        if phone is None:
            return await self._transports.text_transport(message.channel).send(shop, message)
        speaker, made_at = Speaker(phone.holder.language, shop), message.created_at
        payload = payload_of(
            speaker, self._origin, message.id, made_at, message.details, is_full=phone.is_full
        )
        push = self._transports.push()
        return await push.send(phone.subscription, message, payload, self._clock.now())

    async def _copy_new_phones(self, shop: Shop) -> None:
        """Copy sign-ins on new devices from the control database to the shop's inbox, each once."""
        at, databases = self._clock.now(), self._databases
        found = await databases.control.read(find_new_phones, shop.id, at)
        if found and (missing := await databases.shops.read(shop.id, find_missing, found)):
            await databases.shops.write(shop.id, bring_alerts, shop, missing)


def _settle(tx: WriteTx, at: datetime, sent: Sent) -> None:
    for claimed, outcome in sent:
        settle_message(tx, at, claimed.message, outcome)
