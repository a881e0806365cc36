"""An answer of an authenticator is bytes from a stranger: whatever it is, it is only refused."""

import copy
import json
import secrets
from contextlib import nullcontext, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from webauthn.helpers import encode_cbor, parse_cbor

from daftari.identity.rules import Person
from daftari.identity.rules.passkey_verification import (
    accept_assertion,
    accept_creation,
    challenge_of,
    credential_id_of,
)
from daftari.identity.rules.passkeys import (
    KnownPasskey,
    RelyingParty,
    creation_options,
    request_options,
)
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Refusal
from tests.chances import examples
from tests.passkey import Authenticator, b64, unb64

ORIGIN = "http://localhost:8000"
PARTY = RelyingParty("localhost", ORIGIN)
UMM_SALIM = Person(new_id(), "أم سليم", "+966501234567", "ar")
CHALLENGE = secrets.token_bytes(32)
PHONE = Authenticator(ORIGIN)
CREATED = PHONE.create(creation_options(PARTY, UMM_SALIM, "أم سليم", CHALLENGE))
ANSWERED = PHONE.get(request_options(PARTY, CHALLENGE))
MADE = accept_creation(CREATED, CHALLENGE, PARTY)
KNOWN = KnownPasskey(new_id(), UMM_SALIM.id, MADE.credential_id, MADE.public_key, 0, "internal")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children),
    max_leaves=6,
)


def test_a_sound_answer_is_accepted():
    assert MADE.transports == "hybrid internal"
    assert challenge_of(ANSWERED) == CHALLENGE
    assert credential_id_of(ANSWERED) == MADE.credential_id
    assert accept_assertion(ANSWERED, CHALLENGE, PARTY, KNOWN) == 0


def test_an_answer_to_another_question_is_refused():
    other = secrets.token_bytes(32)
    with pytest.raises(Refusal):
        accept_creation(CREATED, other, PARTY)
    with pytest.raises(Refusal):
        accept_assertion(ANSWERED, other, PARTY, KNOWN)


@settings(max_examples=examples(150), deadline=None)
@given(part=st.sampled_from(list(ANSWERED["response"])), junk=json_values)
def test_a_part_that_is_something_else_is_refused(part, junk):
    for sound in (CREATED, ANSWERED):
        if part in sound["response"] and part not in ("transports", "userHandle"):
            _refused(sound, part, junk)


@settings(max_examples=examples(300), deadline=None)
@given(data=st.data())
def test_a_part_with_a_byte_changed_is_refused(data):
    sound = data.draw(st.sampled_from([CREATED, ANSWERED]))
    signed = {"attestationObject", "authenticatorData", "signature"} & sound["response"].keys()
    part = data.draw(st.sampled_from(sorted(signed)))
    content = bytearray(unb64(sound["response"][part]))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    changed = copy.deepcopy(sound)
    changed["response"][part] = b64(bytes(content))
    if sound is ANSWERED:
        with pytest.raises(Refusal):
            accept_assertion(changed, CHALLENGE, PARTY, KNOWN)
    else:
        # A creation signs nothing: another passkey may come of it, but never another error.
        with suppress(Refusal):
            accept_creation(changed, CHALLENGE, PARTY)


@settings(max_examples=examples(150), deadline=None)
@given(content=json_values)
def test_client_data_that_is_anything_else_is_refused(content):
    _refused(CREATED, "clientDataJSON", b64(json.dumps(content).encode()))
    _refused(ANSWERED, "clientDataJSON", b64(json.dumps(content).encode()))


def test_client_data_without_a_bottom_is_refused():
    for sound in (CREATED, ANSWERED):
        _refused(sound, "clientDataJSON", b64(b"[" * 40_000))


@pytest.mark.parametrize(("length", "is_accepted"), [(1023, True), (1024, False)])
def test_an_id_longer_than_any_authenticator_makes_is_refused(length, is_accepted):
    sent = parse_cbor(unb64(CREATED["response"]["attestationObject"]))
    data, long_id = sent["authData"], bytes(length)
    attested = (
        data[:53] + length.to_bytes(2, "big") + long_id + data[55 + len(MADE.credential_id) :]
    )
    changed = {**CREATED, "id": b64(long_id), "rawId": b64(long_id)}
    attestation = b64(encode_cbor({**sent, "authData": attested}))
    changed["response"] = {**CREATED["response"], "attestationObject": attestation}
    with nullcontext() if is_accepted else pytest.raises(Refusal):
        accept_creation(changed, CHALLENGE, PARTY)


@pytest.mark.parametrize("response", ["text", 1, None, b"", b"a.b.c", b"e30.e30.e30"])
def test_a_statement_nobody_asked_for_is_refused_whatever_is_in_it(response):
    """We ask for no attestation, and a stranger may send one all the same."""
    sent = parse_cbor(unb64(CREATED["response"]["attestationObject"]))
    statement = {"ver": "2.0", "x5c": [b"0"], "response": response}
    sent |= {"fmt": "android-safetynet", "attStmt": statement}
    _refused(CREATED, "attestationObject", b64(encode_cbor(sent)))


def _refused(sound, part, junk) -> None:
    changed = copy.deepcopy(sound)
    changed["response"][part] = junk
    with pytest.raises(Refusal, match="form: passkey_not_accepted"):
        _accept(sound, changed)


def _accept(sound, changed) -> None:
    challenge_of(changed)
    if sound is CREATED:
        accept_creation(changed, CHALLENGE, PARTY)
    else:
        accept_assertion(changed, CHALLENGE, PARTY, KNOWN)
