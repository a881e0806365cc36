"""Everything the operator decides, read once from `DAFTARI_*` variables and never changed."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

MIB = 1024 * 1024
_PORTS = {"http": 80, "https": 443}


class Signup(StrEnum):
    """Who may open a new shop on this installation."""

    OPEN = "open"
    CLOSED = "closed"


class SettingsError(ValueError):
    """A variable holds something that cannot be meant."""


@dataclass(frozen=True)
class Settings:
    """The operator's choices.

    `data`: the folder of every file the program keeps. `origin`: the address people type, with no
    path. `master_key_file`: 32 random bytes, made at the first start. `open_shops`: how many shop
    files stay open while idle. `reserve_bytes`: with less free disk than this, writes are refused.
    `proxies`: addresses and networks whose `X-Forwarded-For` and `-Proto` are believed.
    """

    data: Path = Path("data")
    origin: str = "http://localhost:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    master_key_file: Path = Path("data/master.key")
    signup: Signup = Signup.OPEN
    open_shops: int = 64
    reserve_bytes: int = 16 * MIB
    proxies: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables. Raises `SettingsError` naming the variable that is wrong."""
        typed = {
            name.removeprefix("DAFTARI_"): text.strip()
            for name, text in environment.items()
            if name.startswith("DAFTARI_") and text.strip()
        }
        data = Path(typed.get("DATA", "data"))
        port = _whole(typed, "PORT", cls.port, 1, 65535)
        return cls(
            data=data,
            origin=_origin(typed.get("ORIGIN", f"http://localhost:{port}")),
            host=typed.get("HOST", cls.host),
            port=port,
            master_key_file=Path(typed.get("MASTER_KEY_FILE", data / "master.key")),
            signup=_signup(typed.get("SIGNUP", Signup.OPEN)),
            open_shops=_whole(typed, "OPEN_SHOPS", cls.open_shops, 1, 10_000),
            reserve_bytes=_whole(typed, "RESERVE_MIB", cls.reserve_bytes // MIB, 0, MIB) * MIB,
            proxies=_proxies(typed.get("PROXIES", "")),
        )

    @property
    def is_https(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def rp_id(self) -> str:
        """The WebAuthn relying party id: the host name of the origin (WebAuthn 3, §5.1.2)."""
        return urlsplit(self.origin).hostname or "localhost"


def _whole(typed: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = typed.get(name, str(default))
    is_whole = text.isascii() and text.isdigit() and len(text) < 10
    if not (is_whole and least <= int(text) <= most):
        wanted = f"a whole number from {least} to {most}"
        raise SettingsError(f"DAFTARI_{name} must be {wanted}, not {text!r}")
    return int(text)


def _origin(text: str) -> str:
    """Scheme, host and port as a browser serialises an origin: RFC 6454, §6.2."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        host = f"[{host}]" if ":" in host else host.encode("idna").decode()
    except ValueError:
        raise _no_origin(text) from None
    more = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if not host or more or parts.scheme not in _PORTS:
        raise _no_origin(text)
    at = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{at}"


def _no_origin(text: str) -> SettingsError:
    return SettingsError(f"DAFTARI_ORIGIN must look like https://shop.example, not {text!r}")


def _proxies(text: str) -> tuple[str, ...]:
    """A name or a slip would be believed by nobody, and all visitors would count as one."""
    named = tuple(text.replace(",", " ").split())
    for proxy in named:
        try:
            ip_network(proxy)
        except ValueError as error:
            wanted = "addresses and networks such as 10.0.0.0/8"
            raise SettingsError(f"DAFTARI_PROXIES must be {wanted}, not {proxy!r}") from error
    return named


def _signup(text: str) -> Signup:
    try:
        return Signup(text)
    except ValueError as error:
        raise SettingsError(f"DAFTARI_SIGNUP must be open or closed, not {text!r}") from error
