"""Rules of consents: one for each channel and purpose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import product

from daftari.customers.rules.details import Details
from daftari.kernel.refusal import Refusal


class ConsentChannel(StrEnum):
    """The channel of a message."""

    WHATSAPP = "whatsapp"
    SMS = "sms"
    EMAIL = "email"


class Purpose(StrEnum):
    """The purpose of a message."""

    REMINDER = "reminder"
    RECEIPT = "receipt"
    STATEMENT = "statement"


class ConsentMethod(StrEnum):
    """The method by which a consent was given."""

    IN_PERSON = "in_person"
    BY_PHONE = "by_phone"
    IN_WRITING = "in_writing"


class Ended(StrEnum):
    """The cause of a consent's end: a request to the shop, the stop link, a changed address."""

    BY_SHOP = "by_shop"
    BY_CUSTOMER = "by_customer"
    ADDRESS_CHANGED = "address_changed"


@dataclass(frozen=True, slots=True, order=True)
class OptIn:
    """One channel for one purpose: `reminder by sms`."""

    channel: ConsentChannel
    purpose: Purpose

    @classmethod
    def named(cls, name: str) -> "OptIn":
        """The opt-in from a name like `whatsapp_reminder`. Raises ValueError."""
        channel, _, purpose = name.partition("_")
        return cls(ConsentChannel(channel), Purpose(purpose))

    @property
    def name(self) -> str:
        return f"{self.channel}_{self.purpose}"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a customer agreed to at one time. `language`: of the text that was read out."""

    opt_ins: frozenset[OptIn]
    how: ConsentMethod
    language: str


@dataclass(frozen=True, slots=True)
class Consent:
    """One consent with its beginning and its end. `ended_by` is None when the customer ended it
    himself, or when it is active.
    """

    id: str
    opt_in: OptIn
    given_at: datetime
    given_by: str
    how: ConsentMethod
    text_version: str
    language: str
    ended_at: datetime | None
    ended_by: str | None
    ended_how: Ended | None


OPT_INS = tuple(OptIn(*pair) for pair in product(ConsentChannel, Purpose))

TEXTS: Mapping[str, Mapping[str, str]] = {
    "1": {
        "ar": (
            "هل توافق أن نرسل إليك رسائل عن حسابك عندنا بما تختاره هنا؟ نستعمل رقمك وبريدك لهذا"
            " فقط. وتستطيع إيقافها متى شئت: بالرابط الذي في كل رسالة، أو بأن تطلب ذلك منّا."
        ),
        "en": (
            "Do you agree that we send you messages about your account with us, as you choose here?"
            " Your number and e-mail are used for this alone. You can stop them whenever you like:"
            " by the link in each message, or by asking us."
        ),
    },
}
"""Consent texts that were ever read out to customers, by version. A text that was used is never
changed: a new one gets a new version."""

TEXT_VERSION = "1"


def refuse_opt_ins(details: Details, opt_ins: Iterable[OptIn]) -> None:
    """Refuse a channel for which the customer has no address.

    Raises Refusal(consents=…): consent_without_phone, consent_without_email.
    """
    channels = {opt_in.channel for opt_in in opt_ins}
    if ConsentChannel.EMAIL in channels and details.email is None:
        raise Refusal(consents="consent_without_email")
    if channels - {ConsentChannel.EMAIL} and details.phone is None:
        raise Refusal(consents="consent_without_phone")


def address_of(details: Details, channel: ConsentChannel) -> str | None:
    """The address for a channel: the phone (E.164) or the e-mail address."""
    return details.email if channel is ConsentChannel.EMAIL else details.phone


def channels_of(changed: Iterable[str]) -> frozenset[ConsentChannel]:
    """Channels whose address is among the changed details."""
    names = set(changed)
    by_email = {ConsentChannel.EMAIL} if "email" in names else set()
    by_phone = {ConsentChannel.WHATSAPP, ConsentChannel.SMS} if "phone" in names else set()
    return frozenset(by_email | by_phone)
