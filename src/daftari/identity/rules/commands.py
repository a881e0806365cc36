"""Commands to the room of identity, which a form makes and an action carries out."""

from collections.abc import Collection
from dataclasses import dataclass

from daftari.identity.rules.handovers import Stays
from daftari.identity.rules.passkeys import NewPasskey
from daftari.identity.rules.people import Person
from daftari.identity.rules.roles import Role


@dataclass(frozen=True, slots=True)
class SignUp:
    """The command to sign up. `phone` is E.164, `country` ISO 3166 alpha-2."""

    name: str
    shop_name: str
    phone: str
    country: str


@dataclass(frozen=True, slots=True)
class SignUpResponse:
    """The command to finish a sign-up: the verified passkey, its challenge, its digest."""

    challenge: bytes
    passkey: NewPasskey
    digest: bytes


@dataclass(frozen=True, slots=True)
class NewShop:
    """The command to open a shop. Its id is made beforehand, because the file is created first."""

    id: str
    name: str
    country: str
    owner: Person


@dataclass(frozen=True, slots=True)
class ChangeCountry:
    """The command to change a shop's country and currency, by codes that Daftari knows."""

    country: str
    currency: str


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """The command to change the settings of a shop, with the fields of `rules.Shop`."""

    name: str
    digits: str
    notation: str
    calendar: str
    zone: str
    weekend: tuple[int, ...]
    due_days: int | None
    hijri_shift: int = 0
    day_ends: int = 0
    free_discount: int | None = None


@dataclass(frozen=True, slots=True)
class Invite:
    """The command to invite somebody. `id`: made by the form; `token_hash`: of the link's token;
    `branch_id`: None for all branches.
    """

    id: str
    name: str
    role: Role
    token_hash: bytes
    branch_id: str | None = None


@dataclass(frozen=True, slots=True)
class NewTill:
    """The command to make a device a shared till. `name`: of the device; `token_hash`: of the token
    in its cookie.
    """

    id: str
    name: str
    token_hash: bytes


@dataclass(frozen=True, slots=True)
class ChangeMember:
    """The command to change a member. `role`: None to leave it; `allowed`: all of what can be
    adjusted that he may do, None for what is usual in the role, or stood before; `branch`: the id
    of one, '' for all, None to leave it.
    """

    person_id: str
    role: Role | None
    allowed: Collection[str] | None
    branch: str | None = None


@dataclass(frozen=True, slots=True)
class AddBranch:
    """The command to add a branch. `first_name`: of the place where the shop began, for a shop that
    has no branches yet.
    """

    id: str
    name: str
    first_name: str


@dataclass(frozen=True, slots=True)
class OfferHandover:
    """The command to offer the shop to a member. `stays`: what becomes of who offers it."""

    id: str
    to_person: str
    stays: Stays
