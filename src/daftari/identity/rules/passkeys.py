"""Passkeys, and the options of their ceremonies in the browser (WebAuthn Level 3).

The WebAuthn library is imported at the first ceremony: that takes a third of a second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from daftari.identity.rules.people import Person

CHALLENGE_BYTES = 32
ANSWER_WITHIN = timedelta(minutes=5)
_MILLISECONDS = int(ANSWER_WITHIN.total_seconds() * 1000)


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The WebAuthn relying party: its id (a host name), and the only origin of its responses."""

    rp_id: str
    origin: str


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A new passkey, verified. `public_key` is COSE; `transports` are separated by blanks."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    backed_up: bool
    transports: str


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A stored passkey of a person, with the fields that verification needs."""

    id: str
    person_id: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    transports: str


def user_handle(person_id: str) -> bytes:
    """The WebAuthn user handle of a person: the 16 bytes of the opaque id."""
    return UUID(person_id).bytes


def account_line(person: Person, shop_name: str) -> str:
    """The WebAuthn user name, by which people tell passkeys apart; it has no phone number."""
    return " · ".join(filter(None, (person.name, shop_name)))


def creation_options(
    party: RelyingParty,
    person: Person,
    account: str,
    challenge: bytes,
    existing: Sequence[KnownPasskey] = (),
) -> dict[str, Any]:
    """The PublicKeyCredentialCreationOptionsJSON. `account`: the user name that the phone shows."""
    import webauthn
    from webauthn.helpers import options_to_json_dict, structs

    options = webauthn.generate_registration_options(
        rp_id=party.rp_id,
        rp_name="دفتري",
        user_id=user_handle(person.id),
        user_name=account,
        user_display_name=person.name,
        challenge=challenge,
        timeout=_MILLISECONDS,
        attestation=structs.AttestationConveyancePreference.NONE,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_descriptors(existing),
        supported_pub_key_algs=algorithms(),
    )
    return options_to_json_dict(options)


def request_options(
    party: RelyingParty, challenge: bytes, allowed: Sequence[KnownPasskey] = ()
) -> dict[str, Any]:
    """The PublicKeyCredentialRequestOptionsJSON; without `allowed` the phone offers all it has."""
    import webauthn
    from webauthn.helpers import options_to_json_dict, structs

    options = webauthn.generate_authentication_options(
        rp_id=party.rp_id,
        challenge=challenge,
        timeout=_MILLISECONDS,
        allow_credentials=_descriptors(allowed),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def _descriptors(passkeys: Sequence[KnownPasskey]) -> list[Any]:
    from webauthn.helpers import structs

    return [
        structs.PublicKeyCredentialDescriptor(
            id=passkey.credential_id,
            transports=[structs.AuthenticatorTransport(t) for t in passkey.transports.split()],
        )
        for passkey in passkeys
    ]


def algorithms() -> list[Any]:
    """The COSE signature algorithms that are accepted."""
    from webauthn.helpers.cose import COSEAlgorithmIdentifier as Cose

    return [Cose.ECDSA_SHA_256, Cose.EDDSA, Cose.RSASSA_PKCS1_v1_5_SHA_256]
