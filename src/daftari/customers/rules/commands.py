"""Commands to the room of customers, which a form makes and an action carries out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from daftari.customers.rules.consent import Agreed
from daftari.customers.rules.customer import Source
from daftari.customers.rules.details import Details
from daftari.kernel.edits import SURE, Seen


@dataclass(frozen=True, slots=True)
class AddCustomer:
    """The command to add a customer. `same_name_ok`: another customer may have this name; `agreed`:
    his consents, None when he was not asked.
    """

    id: str
    details: Details
    source: Source = Source.TYPED
    same_name_ok: bool = False
    agreed: Agreed | None = None


@dataclass(frozen=True, slots=True)
class ChangeCustomer:
    """The command to change some of the `rules.Details` of a customer, by their columns.

    `seen`: what was shown when they were typed, by the names of `DETAILS`.
    """

    customer_id: str
    changes: Mapping[str, Any]
    seen: Seen = SURE


@dataclass(frozen=True, slots=True)
class Agree:
    """The command to add consents of an existing customer, who agreed just now. `id`: idempotency
    key, so that a form sent again brings back nothing that has ended since.
    """

    id: str
    customer_id: str
    agreed: Agreed


@dataclass(frozen=True, slots=True)
class EndConsent:
    """The command to end one consent at the customer's request to the shop."""

    customer_id: str
    consent_id: str
