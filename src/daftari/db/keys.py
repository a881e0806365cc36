"""The installation's master key, and the key of each shop wrapped by it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Column, LargeBinary, select

from daftari.db.base import Moment, ReadTx, control_table, key
from daftari.db.durable import make_folder, write_new

KEY_BYTES = 32
_NONCE_BYTES = 12

shop_keys = control_table(
    "shop_keys",
    key("shop_id"),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
)


class WrongMasterKey(Exception):
    """The master key cannot unwrap this key, or its file is missing or of the wrong size."""


@dataclass(frozen=True, slots=True, repr=False)
class MasterKey:
    """The installation's master key: 32 random bytes that wrap or derive every other key."""

    secret: bytes

    @classmethod
    def at(cls, path: Path) -> "MasterKey":
        """Read the key file, or create it (mode 0600) when there is none."""
        if not path.exists():
            make_folder(path.parent)
            write_new(path, os.urandom(KEY_BYTES))
        secret = path.read_bytes()
        if len(secret) != KEY_BYTES:
            raise WrongMasterKey(f"{path} must hold exactly {KEY_BYTES} bytes")
        return cls(secret)

    def derived(self, purpose: str) -> bytes:
        """A 256-bit key for one purpose of the installation."""
        return derived_key(self.secret, purpose)

    def wrap(self, key: bytes, shop_id: str) -> bytes:
        """Wrap a shop's key: nonce ‖ AES-256-GCM(key), with the shop's id as associated data."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, key, shop_id.encode())

    def unwrap(self, wrapped: bytes, shop_id: str) -> bytes:
        """Unwrap a shop's key. Raises `WrongMasterKey` for another master key or another shop."""
        nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
        try:
            return AESGCM(self.secret).decrypt(nonce, sealed, shop_id.encode())
        except InvalidTag:
            raise WrongMasterKey(f"shop {shop_id} was sealed by another master key") from None


def derived_key(secret: bytes, purpose: str) -> bytes:
    """A 256-bit key for one purpose, from a secret key (HKDF-SHA256, RFC 5869)."""
    hkdf = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"daftari {purpose}".encode())
    return hkdf.derive(secret)


def find_wrapped_key(tx: ReadTx, shop_id: str) -> bytes | None:
    wrapped: bytes | None = tx.scalar(
        select(shop_keys.c.wrapped_key).where(shop_keys.c.shop_id == shop_id)
    )
    return wrapped


def all_shop_ids(tx: ReadTx) -> Sequence[str]:
    """The ids of all shops that have a key, oldest first."""
    return tx.scalars(select(shop_keys.c.shop_id).order_by(shop_keys.c.created_at)).all()
