"""Verification of passkey responses (WebAuthn Level 3).

The WebAuthn library is imported at the first ceremony, as in `passkeys`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from daftari.identity.rules.passkeys import (
    KnownPasskey,
    NewPasskey,
    RelyingParty,
    algorithms,
    user_handle,
)
from daftari.identity.rules.signins import SignInKind
from daftari.kernel.refusal import Refusal

LONGEST_ID = 1023
_TRANSPORTS = frozenset({"usb", "nfc", "ble", "smart-card", "internal", "hybrid"})


def challenge_of(credential: Mapping[str, Any]) -> bytes:
    """The challenge in a response. Raises Refusal(form='passkey_not_accepted')."""
    from webauthn.helpers import base64url_to_bytes

    with _refusing():
        return base64url_to_bytes(_client_data(credential)["challenge"])


def credential_id_of(credential: Mapping[str, Any]) -> bytes:
    """The credential id in a response. Raises Refusal(form='passkey_not_accepted')."""
    from webauthn.helpers import base64url_to_bytes

    with _refusing():
        return base64url_to_bytes(credential["rawId"])


def accept_creation(
    credential: Mapping[str, Any], challenge: bytes, party: RelyingParty
) -> NewPasskey:
    """Verify a RegistrationResponseJSON. Raises Refusal(form='passkey_not_accepted')."""
    import webauthn

    with _refusing():
        _refuse_frames(credential)
        verified = webauthn.verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            require_user_verification=True,
            supported_pub_key_algs=algorithms(),
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
    credential: Mapping[str, Any], challenge: bytes, party: RelyingParty, passkey: KnownPasskey
) -> int:
    """Verify an AuthenticationResponseJSON; returns the new sign count.

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


def answer_digest(credential: Mapping[str, Any]) -> bytes:
    """SHA-256 of a response, by which the same one is known again."""
    with _refusing():
        return hashlib.sha256(json.dumps(credential["response"], sort_keys=True).encode()).digest()


def is_signed_by(credential: Mapping[str, Any], party: RelyingParty, passkey: KnownPasskey) -> bool:
    """Whether this passkey made the assertion, for whatever challenge, origin and count."""
    import webauthn

    with suppress(Refusal), _refusing():
        _refuse_others_handle(credential, passkey.person_id)
        webauthn.verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge_of(credential),
            expected_rp_id=party.rp_id,
            expected_origin=_client_data(credential)["origin"],
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,
            require_user_verification=False,
        )
        return True
    return False


def oddity_of(
    credential: Mapping[str, Any], party: RelyingParty, passkey: KnownPasskey
) -> SignInKind | None:
    """What is odd about a refused assertion that this passkey has signed; else None."""
    if not is_signed_by(credential, party, passkey):
        return None
    if is_from_elsewhere(credential, party):
        return SignInKind.WRONG_ORIGIN
    return SignInKind.COUNTER_WENT_BACK if _went_back(credential, passkey) else None


def is_from_elsewhere(credential: Mapping[str, Any], party: RelyingParty) -> bool:
    """Whether a well-formed response was made on another origin, or in another site's frame."""
    with suppress(Refusal), _refusing():
        if _client_data(credential)["origin"] != party.origin:
            return True
        return _is_framed(credential)
    return False


def _went_back(credential: Mapping[str, Any], passkey: KnownPasskey) -> bool:
    from webauthn.helpers import base64url_to_bytes, parse_authenticator_data

    with _refusing():
        said = parse_authenticator_data(
            base64url_to_bytes(credential["response"]["authenticatorData"])
        )
        return passkey.sign_count > 0 and said.sign_count <= passkey.sign_count


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn every exception that a malformed response causes in the parsers into one refusal."""
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
    """Refuse a response made inside another site's frame, which the library accepts."""
    if _is_framed(credential):
        raise ValueError("answered inside a frame")


def _is_framed(credential: Mapping[str, Any]) -> bool:
    data = _client_data(credential)
    return data.get("crossOrigin", False) is not False or "topOrigin" in data


def _refuse_others_handle(credential: Mapping[str, Any], person_id: str) -> None:
    from webauthn.helpers import base64url_to_bytes

    handle = credential["response"].get("userHandle") or None  # some browsers send "" for none
    if handle is not None and base64url_to_bytes(handle) != user_handle(person_id):
        raise ValueError("the passkey of somebody else")


def _transports(credential: Mapping[str, Any]) -> str:
    named = credential["response"].get("transports") or ()
    return " ".join(sorted(_TRANSPORTS.intersection(named)))
