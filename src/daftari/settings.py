"""The operator's settings, read once from `DAFTARI_*` environment variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

MIB = 1024 * 1024
_PORTS = {"http": 80, "https": 443}


class Signup(StrEnum):
    """Whether new shops can sign up on this installation."""

    OPEN = "open"
    CLOSED = "closed"


class SmsProvider(StrEnum):
    """The SMS provider whose API is used."""

    WEBHOOK = "webhook"
    TWILIO = "twilio"
    UNIFONIC = "unifonic"


class SettingsError(ValueError):
    """An environment variable has an invalid value."""


@dataclass(frozen=True)
class Settings:
    """The operator's settings.

    `data`: the folder of all data files. `origin`: the public address, without a path.
    `master_key_file`: 32 random bytes, made at the first start. `open_shops`: how many idle shop
    files stay open. `reserve_bytes`: with less free disk than this, writes are refused. `proxies`:
    trusted addresses and networks, whose `X-Forwarded-For` and `-Proto` are used. `worker`: whether
    the server also runs due jobs. `push_hosts`: push services to trust beside those of the
    browsers. `sms_…`, `smtp_url`, `mail_from`: providers of SMS and e-mail; without them these
    channels are off. `sms_daily`: how many SMS segments a shop may send per day.
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
    worker: bool = True
    push_hosts: tuple[str, ...] = ()
    sms_provider: SmsProvider | None = None
    sms_url: str = ""
    sms_user: str = ""
    sms_token: str = field(default="", repr=False)
    sms_sender: str = ""
    sms_daily: int = 200
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment variables. Raises `SettingsError` naming the invalid variable."""
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
            worker=_switch(typed, "WORKER"),
            push_hosts=tuple(typed.get("PUSH_HOSTS", "").replace(",", " ").split()),
            sms_provider=_sms_provider(typed.get("SMS_PROVIDER", "")),
            sms_url=_address(typed, "SMS_URL", ("https", "http")),
            sms_user=typed.get("SMS_USER", ""),
            sms_token=typed.get("SMS_TOKEN", ""),
            sms_sender=typed.get("SMS_SENDER", ""),
            sms_daily=_whole(typed, "SMS_DAILY", cls.sms_daily, 0, 1_000_000),
            smtp_url=_address(typed, "SMTP_URL", ("smtps", "smtp")),
            mail_from=typed.get("MAIL_FROM", ""),
        )._complete()

    def _complete(self) -> "Settings":
        """The same settings. Raises `SettingsError` when an SMS provider lacks a setting."""
        if self.sms_provider is SmsProvider.WEBHOOK and not self.sms_url:
            raise SettingsError("DAFTARI_SMS_URL must say where the webhook is")
        if self.sms_provider and not self.sms_token:
            raise SettingsError("DAFTARI_SMS_TOKEN must hold what the provider knows you by")
        if self.sms_provider is SmsProvider.TWILIO and not self.sms_user:
            raise SettingsError("DAFTARI_SMS_USER must hold the account's id (AC…)")
        return self

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
    """The listed proxies. Raises `SettingsError` for what is no address or network.

    A host name would match no proxy, and then all visitors would count as one.
    """
    named = tuple(text.replace(",", " ").split())
    for proxy in named:
        try:
            ip_network(proxy)
        except ValueError as error:
            wanted = "addresses and networks such as 10.0.0.0/8"
            raise SettingsError(f"DAFTARI_PROXIES must be {wanted}, not {proxy!r}") from error
    return named


def _switch(typed: Mapping[str, str], name: str) -> bool:
    text = typed.get(name, "on")
    if text not in ("on", "off"):
        raise SettingsError(f"DAFTARI_{name} must be on or off, not {text!r}")
    return text == "on"


def _sms_provider(text: str) -> SmsProvider | None:
    try:
        return SmsProvider(text) if text else None
    except ValueError as error:
        names = ", ".join(SmsProvider)
        raise SettingsError(f"DAFTARI_SMS_PROVIDER must be one of {names}, not {text!r}") from error


def _address(typed: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    """The URL of a server. The error message does not quote it: it may contain a password."""
    text = typed.get(name, "")
    try:
        parts = urlsplit(text)
        is_one = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:
        is_one = False
    if text and not is_one:
        raise SettingsError(f"DAFTARI_{name} must look like {schemes[0]}://host:port")
    return text


def _signup(text: str) -> Signup:
    try:
        return Signup(text)
    except ValueError as error:
        raise SettingsError(f"DAFTARI_SIGNUP must be open or closed, not {text!r}") from error
