"""The pages of shared tills: the shop's list, whose turn it is, the pin of one, one's own pin."""

from dataclasses import dataclass, field

from daftari.db.base import ReadTx
from daftari.identity.actions.tills import pin_of, till_of
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Member, Session
from daftari.identity.rules.tills import MOST_WRONG
from daftari.identity.store.people import find_shop
from daftari.identity.store.tills import Seller, Till, find_till, sellers_on, tills_of
from daftari.kernel.arabic import initial
from daftari.kernel.refusal import Missing


@dataclass(frozen=True, slots=True)
class TillsPage:
    """The tills of a shop. `here`: the id of the one that this device is, or ''. `typed`: the name
    of a new one, as typed.
    """

    home: str
    tills: tuple[Till, ...]
    here: str
    typed: str
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Whose turn it is on this till. `seller_id`: who is signed in now, or ''."""

    shop: str
    home: str
    sellers: tuple[Seller, ...]
    seller_id: str = ""

    def initial(self, name: str) -> str:
        return initial(name)


@dataclass(frozen=True, slots=True)
class PinPage:
    """The pin of one seller. `is_locked`: only the passkey opens it; `left`: wrong answers that it
    still bears.
    """

    seller: Seller
    is_locked: bool
    left: int
    next: str
    reasons: Reasons = field(default_factory=dict)

    def initial(self, name: str) -> str:
        return initial(name)


@dataclass(frozen=True, slots=True)
class OwnPinPage:
    """The form of one's own pin on this till."""

    till: str
    has_pin: bool
    reasons: Reasons = field(default_factory=dict)


def tills_page(
    tx: ReadTx, member: Member, token_hash: bytes | None, typed: str, reasons: Reasons
) -> TillsPage:
    here = find_till(tx, token_hash) if token_hash else None
    is_ours = here is not None and here.shop_id == member.shop.id
    tills = tuple(tills_of(tx, member.shop.id))
    here_id = here.id if here and is_ours else ""
    return TillsPage(member.shop.home, tills, here_id, typed, reasons)


def turn_page(tx: ReadTx, token_hash: bytes, session: Session | None) -> TurnPage:
    """Raises `Missing` where the till has ended."""
    till = till_of(tx, token_hash)
    shop = find_shop(tx, till.shop_id)
    if shop is None:
        raise Missing(till.shop_id)
    sellers = tuple(sellers_on(tx, till))
    now = session.person.id if session and session.till_id == till.id else ""
    return TurnPage(shop.name, shop.home, sellers, now)


def pin_page(tx: ReadTx, token_hash: bytes, person_id: str, reasons: Reasons) -> PinPage:
    """Raises `Missing` for who does not work in the shop."""
    till = till_of(tx, token_hash)
    seller = next((one for one in sellers_on(tx, till) if one.id == person_id), None)
    if seller is None:
        raise Missing(person_id)
    wrong = pin_of(tx, token_hash, person_id).wrong if seller.has_pin else 0
    left = MOST_WRONG - wrong
    back = f"/s/{till.shop_id}/" if seller.has_pin and left > 0 else "/account/till-pin"
    return PinPage(seller, left <= 0, left, back, reasons)


def own_pin_page(tx: ReadTx, session: Session, token_hash: bytes, reasons: Reasons) -> OwnPinPage:
    """Raises `Missing` where the till has ended, or the person does not work in its shop."""
    till = till_of(tx, token_hash)
    mine = next((one for one in sellers_on(tx, till) if one.id == session.person.id), None)
    if mine is None:
        raise Missing(session.person.id)
    return OwnPinPage(till.name, mine.has_pin, reasons)
