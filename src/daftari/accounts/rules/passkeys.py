"""Passkeys: what the browser is asked, and whether its answer holds (WebAuthn Level 3).

The library behind is loaded with the first ceremony: it costs a third of a second.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from daftari.accounts.rules.people import Person
from daftari.kernel.refusal import Refusal

CHALLENGE_BYTES = 32
LONGEST_ID = 1023
ANSWER_WITHIN = timedelta(minutes=5)
_TRANSPORTS = frozenset({"usb", "nfc", "ble", "smart-card", "internal", "hybrid"})
_MILLISECONDS = int(ANSWER_WITHIN.total_seconds() * 1000)


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks: the relying party's id (a host name) and the one origin answers may come from."""

    rp_id: str
    origin: str


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey just made. `public_key` is COSE; `transports` are blank-separated."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    backed_up: bool
    transports: str


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A passkey of a person, as far as an answer is checked against it."""

    id: str
    person_id: str
    credential_id: bytes
    public_key: bytes
    sign_count: int
    transports: str


def user_handle(person_id: str) -> bytes:
    """What an authenticator remembers of the person: the 16 bytes of the opaque id."""
    return UUID(person_id).bytes


def account_line(person: Person, shop_name: str) -> str:
    """The line by which a phone tells passkeys apart; it holds no phone number."""
    return " · ".join(filter(None, (person.name, shop_name)))


def creation_options(
    party: Party,
    person: Person,
    account: str,
    challenge: bytes,
    existing: Sequence[KnownPasskey] = (),
) -> dict[str, Any]:
    """PublicKeyCredentialCreationOptionsJSON. `account` is the line the phone will show."""
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
        supported_pub_key_algs=_algorithms(),
    )
    return options_to_json_dict(options)


def request_options(
    party: Party, challenge: bytes, allowed: Sequence[KnownPasskey] = ()
) -> dict[str, Any]:
    """PublicKeyCredentialRequestOptionsJSON; nothing `allowed` lets the phone offer what it has."""
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


def challenge_of(credential: Mapping[str, Any]) -> bytes:
    """The challenge an answer speaks of. Raises Refusal(form='passkey_not_accepted')."""
    from webauthn.helpers import base64url_to_bytes

    with _refusing():
        return base64url_to_bytes(_client_data(credential)["challenge"])


def credential_id_of(credential: Mapping[str, Any]) -> bytes:
    """The id of the passkey that answers. Raises Refusal(form='passkey_not_accepted')."""
    from webauthn.helpers import base64url_to_bytes

    with _refusing():
        return base64url_to_bytes(credential["rawId"])


def accept_creation(credential: Mapping[str, Any], challenge: bytes, party: Party) -> NewPasskey:
    """Check a RegistrationResponseJSON. Raises Refusal(form='passkey_not_accepted')."""
    import webauthn

    with _refusing():
        _refuse_frames(credential)
        verified = webauthn.verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            require_user_verification=True,
            supported_pub_key_algs=_algorithms(),
        )
        if len(verified.credential_id) > LONGEST_ID:
            raise ValueError("an id beyond WebAuthn 3, §7.1")
        return NewPasskey(
            verified.credential_id,
            verified.credential_public_key,
            verified.sign_count,
            verified.credential_backed_up,
            _transports(credential),
        )


def accept_assertion(
    credential: Mapping[str, Any], challenge: bytes, party: Party, passkey: KnownPasskey
) -> int:
    """Check an AuthenticationResponseJSON; the new sign count.

    Raises Refusal(form='passkey_not_accepted').
    """
    import webauthn

    with _refusing():
        _refuse_frames(credential)
        _refuse_others_handle(credential, passkey.person_id)
        verified = webauthn.verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        return verified.new_sign_count


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever a malformed answer breaks on its way through the parsers is one refusal."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from webauthn.helpers.exceptions import WebAuthnException

    broken = (WebAuthnException, UnsupportedAlgorithm, LookupError, RecursionError, AttributeError)
    try:
        yield
    except (*broken, TypeError, ValueError) as error:
        raise Refusal(form="passkey_not_accepted") from error


def _client_data(credential: Mapping[str, Any]) -> dict[str, Any]:
    from webauthn.helpers import base64url_to_bytes

    data = json.loads(base64url_to_bytes(credential["response"]["clientDataJSON"]))
    if not isinstance(data, dict):
        raise ValueError("client data is not an object")
    return data


def _refuse_frames(credential: Mapping[str, Any]) -> None:
    """The library lets an answer through that was given inside another site's frame."""
    data = _client_data(credential)
    if data.get("crossOrigin", False) is not False or "topOrigin" in data:
        raise ValueError("answered inside a frame")


def _refuse_others_handle(credential: Mapping[str, Any], person_id: str) -> None:
    from webauthn.helpers import base64url_to_bytes

    handle = credential["response"].get("userHandle")
    if handle is not None and base64url_to_bytes(handle) != user_handle(person_id):
        raise ValueError("the passkey of somebody else")


def _transports(credential: Mapping[str, Any]) -> str:
    named = credential["response"].get("transports") or ()
    return " ".join(sorted(_TRANSPORTS.intersection(named)))


def _descriptors(passkeys: Sequence[KnownPasskey]) -> list[Any]:
    from webauthn.helpers import structs

    return [
        structs.PublicKeyCredentialDescriptor(
            id=passkey.credential_id,
            transports=[structs.AuthenticatorTransport(t) for t in passkey.transports.split()],
        )
        for passkey in passkeys
    ]


def _algorithms() -> list[Any]:
    from webauthn.helpers.cose import COSEAlgorithmIdentifier as Cose

    return [Cose.ECDSA_SHA_256, Cose.EDDSA, Cose.RSASSA_PKCS1_v1_5_SHA_256]
