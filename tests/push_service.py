"""A push service on this machine (RFC 8030) with phones behind it.

It takes a message only as the standards want it: signed for this service by a key that is known
(RFC 8292), and sealed so that the phone can open it (RFC 8291). What the phone reads is kept. A
phone can be told to misbehave, as services do.
"""

import hashlib
import hmac
import json
import secrets
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
A_DAY = 24 * 60 * 60


@dataclass
class Received:
    """A message as it reached a phone. `content`: the JSON inside; `headers`: in lower case."""

    phone: str
    content: dict[str, Any]
    headers: dict[str, str]
    claims: dict[str, Any]


@dataclass
class Phone:
    """A browser that subscribed. `says`: the status it answers with instead of 201, and more."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    says: int | str = 201
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def subscription(self) -> dict[str, Any]:
        """What `PushSubscription.toJSON()` gives."""
        keys = {"p256dh": b64(point_of(self.key.public_key())), "auth": b64(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def open(self, sealed: bytes) -> bytes:
        """RFC 8291, section 3.4, and one record of RFC 8188."""
        salt, size, length = sealed[:16], int.from_bytes(sealed[16:20]), sealed[20]
        sender, record = sealed[21 : 21 + length], sealed[21 + length :]
        assert len(record) <= size
        assert len(sealed) <= 4096
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        shared = self.key.exchange(ec.ECDH(), theirs)
        mine = point_of(self.key.public_key())
        secret = _hkdf(self.auth, shared, b"WebPush: info\0" + mine + sender, 32)
        key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
        plain, _, padding = AESGCM(key).decrypt(nonce, record, None).rpartition(b"\2")
        assert not padding.strip(b"\0")
        return plain


@dataclass
class PushService:
    """`inbox`: what was taken; `asked`: every path that was called; `refused`: what was wrong."""

    origin: str
    application_key: str | None = None
    phones: dict[str, Phone] = field(default_factory=dict)
    inbox: list[Received] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def phone(self, says: int | str = 201, **headers: str) -> Phone:
        token = secrets.token_urlsafe(16)
        phone = Phone(f"{self.origin}/push/{token}", says=says, headers=headers)
        self.phones[f"/push/{token}"] = phone
        return phone

    def take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        self.asked.append(path)
        phone = self.phones[path]
        if phone.says != 201:
            assert isinstance(phone.says, int)
            return phone.says, phone.headers
        try:
            claims = self._claims(headers)
            assert headers["content-encoding"] == "aes128gcm"
            assert int(headers["ttl"]) >= 0
            content = json.loads(phone.open(body))
        except Exception as error:
            self.refused.append(f"{type(error).__name__}: {error}")
            return 400, {}
        self.inbox.append(Received(phone.endpoint, content, headers, claims))
        return 201, {"Location": f"{self.origin}/message/{len(self.inbox)}"}

    def _claims(self, headers: dict[str, str]) -> dict[str, Any]:
        """RFC 8292: the token is of the key it names, for this service, and holds a day at most."""
        scheme, _, rest = headers["authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        if self.application_key is not None:
            assert parts["k"] == self.application_key, "another application"
        signed, _, signature = parts["t"].rpartition(".")
        raw = unb64(signature)
        der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unb64(parts["k"]))
        key.verify(der, signed.encode(), ec.ECDSA(SHA256()))
        header, claims = [json.loads(unb64(part)) for part in signed.split(".")]
        assert header["alg"] == "ES256"
        assert claims["aud"] == self.origin
        assert claims["sub"].startswith(("mailto:", "https:"))
        assert claims["exp"] - min(time.time(), claims["exp"]) <= A_DAY
        return claims


class Crowded(ThreadingHTTPServer):
    """Lets many wait at the door; the usual five would turn the others away."""

    request_queue_size = 256
    daemon_threads = True


@contextmanager
def push_service() -> Iterator[PushService]:
    """The service, listening on loopback until the end of the block."""
    released = threading.Event()

    class Endpoint(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            says = service.phones[self.path].says
            if isinstance(says, str):
                service.asked.append(self.path)
                self._misbehave(says)
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._answer(*service.take(self.path, headers, body))

        def _answer(self, status: int, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _misbehave(self, how: str) -> None:
            self.close_connection = True
            if how == "hangs":
                released.wait(30)
            elif how == "garbage":
                self.wfile.write(b"\x00\xff" * 400)
            elif how == "drips":
                self.wfile.write(b"HTTP/1.1 201 Created\r\n")
                while not released.wait(1):
                    self.wfile.write(b"X-More: 1\r\n")
            elif how == "floods":
                self.wfile.write(b"HTTP/1.1 500 No\r\nConnection: close\r\n\r\n")
                while not released.is_set():
                    self.wfile.write(b"x" * 65536)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return  # the other side had enough

    server = Crowded(("127.0.0.1", 0), Endpoint)
    service = PushService(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield service
    finally:
        released.set()
        server.shutdown()
        server.server_close()


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 with SHA-256, for at most one block."""
    extracted = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\1", hashlib.sha256)[:length]
