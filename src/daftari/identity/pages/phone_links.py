"""Page objects of adding a phone: of the first phone's page, and of the second one's."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from daftari.db.base import ReadTx
from daftari.identity.rules import Session
from daftari.identity.store.phone_links import newest_link


class LinkState(StrEnum):
    """What has become of the link that a session made last."""

    NONE = "none"
    WAITING = "waiting"
    JOINED = "joined"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class PhoneLinkPage:
    """The first phone's page. `link`, `code`: the address for the second phone and its QR code, ''
    once they were shown; `device`, `passkey_id`: what came in, '' for what was removed since.
    """

    state: LinkState
    link: str = ""
    code: str = ""
    device: str = ""
    passkey_id: str = ""

    @property
    def is_waiting(self) -> bool:
        return self.state is LinkState.WAITING


def phone_link_page(tx: ReadTx, session: Session, now: datetime) -> PhoneLinkPage:
    """The page after the link was shown: what has become of it."""
    link = newest_link(tx, session.id)
    if link is None:
        return PhoneLinkPage(LinkState.NONE)
    if link.spent_at is not None:
        passkey_id = link.passkey_id if link.device is not None else None
        device, passkey_id = link.device or "", passkey_id or ""
        return PhoneLinkPage(LinkState.JOINED, device=device, passkey_id=passkey_id)
    return PhoneLinkPage(LinkState.WAITING if now < link.expires_at else LinkState.LATE)
