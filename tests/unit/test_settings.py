"""What the operator may decide, and how a slip is answered."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from daftari.settings import MIB, Settings, SettingsError, Signup, SmsProvider


def settings(**typed: str) -> Settings:
    return Settings.from_environment({f"DAFTARI_{name}": text for name, text in typed.items()})


def test_with_nothing_set_it_serves_this_machine_only() -> None:
    chosen = settings()
    assert chosen == Settings()
    assert (chosen.host, chosen.port, chosen.origin) == ("127.0.0.1", 8000, "http://localhost:8000")
    assert (chosen.rp_id, chosen.is_https) == ("localhost", False)


def test_every_variable_is_heard() -> None:
    chosen = settings(
        DATA="/srv/daftari",
        ORIGIN="https://shop.example",
        HOST="::1",
        PORT="9000",
        MASTER_KEY_FILE="/etc/daftari.key",
        SIGNUP="closed",
        OPEN_SHOPS="12",
        RESERVE_MIB="64",
        PROXIES="127.0.0.1, 10.0.0.0/8",
        WORKER="off",
        PUSH_HOSTS="push.example.com, .example.org",
        SMS_PROVIDER="twilio",
        SMS_URL="https://api.example.com",
        SMS_USER="AC1",
        SMS_TOKEN="secret",
        SMS_SENDER="Daftari",
        SMS_DAILY="50",
        SMTP_URL="smtps://me:secret@mail.example",
        MAIL_FROM="dues@shop.example",
    )
    assert chosen == Settings(
        data=Path("/srv/daftari"),
        origin="https://shop.example",
        host="::1",
        port=9000,
        master_key_file=Path("/etc/daftari.key"),
        signup=Signup.CLOSED,
        open_shops=12,
        reserve_bytes=64 * MIB,
        proxies=("127.0.0.1", "10.0.0.0/8"),
        worker=False,
        push_hosts=("push.example.com", ".example.org"),
        sms_provider=SmsProvider.TWILIO,
        sms_url="https://api.example.com",
        sms_user="AC1",
        sms_token="secret",
        sms_sender="Daftari",
        sms_daily=50,
        smtp_url="smtps://me:secret@mail.example",
        mail_from="dues@shop.example",
    )
    assert (chosen.rp_id, chosen.is_https) == ("shop.example", True)


def test_other_programs_variables_are_not_ours() -> None:
    foreign = {"PORT": "80", "HOST": "0.0.0.0", "DATA": "/", "SIGNUP": "closed"}
    assert Settings.from_environment(foreign) == Settings()


def test_an_empty_variable_is_one_not_set() -> None:
    assert settings(PORT="", SIGNUP=" ", ORIGIN="") == Settings()


def test_the_key_lies_with_the_data_and_the_origin_follows_the_port() -> None:
    chosen = settings(DATA="/srv/book", PORT="8123")
    assert chosen.master_key_file == Path("/srv/book/master.key")
    assert chosen.origin == "http://localhost:8123"


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        settings().port = 1


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://shop.example/", "https://shop.example"),
        ("https://Shop.Example", "https://shop.example"),
        ("HTTPS://shop.example", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"),
        ("http://shop.example:80", "http://shop.example"),
        ("https://shop.example:8443", "https://shop.example:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://دفتري.example", "https://xn--pgbjh6d3b.example"),
    ],
)
def test_an_origin_is_kept_as_browsers_write_it(typed: str, origin: str) -> None:
    assert settings(ORIGIN=typed).origin == origin


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "eighty"),
        ("PORT", "-1"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "٨٠٠٠"),
        ("PORT", "8_000"),
        ("PORT", "9" * 5000),
        ("OPEN_SHOPS", "0"),
        ("OPEN_SHOPS", "1e3"),
        ("RESERVE_MIB", "16MiB"),
        ("RESERVE_MIB", "0" * 9 + "9" * 9),
        ("SIGNUP", "maybe"),
        ("ORIGIN", "shop.example"),
        ("ORIGIN", "ftp://shop.example"),
        ("ORIGIN", "https://"),
        ("ORIGIN", "https://shop.example/book"),
        ("ORIGIN", "https://shop.example?x"),
        ("ORIGIN", "https://shop.example#x"),
        ("ORIGIN", "https://me:secret@shop.example"),
        ("ORIGIN", "https://shop.example:port"),
        ("ORIGIN", "https://shop..example"),
        ("ORIGIN", "https://[::1"),
        ("PROXIES", "*"),
        ("PROXIES", "10.0.0.1/8"),
    ],
)
def test_a_slip_is_answered_with_the_name_of_its_variable(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=f"^DAFTARI_{name} must "):
        settings(**{name: text})


@pytest.mark.parametrize(
    ("named", "typed"),
    [
        ("WORKER", {"WORKER": "perhaps"}),
        ("SMS_PROVIDER", {"SMS_PROVIDER": "pigeon"}),
        ("SMS_URL", {"SMS_PROVIDER": "webhook", "SMS_TOKEN": "secret"}),
        ("SMS_URL", {"SMS_URL": "ftp://api.example.com"}),
        ("SMS_TOKEN", {"SMS_PROVIDER": "unifonic"}),
        ("SMS_USER", {"SMS_PROVIDER": "twilio", "SMS_TOKEN": "secret"}),
        ("SMS_DAILY", {"SMS_DAILY": "-1"}),
        ("SMTP_URL", {"SMTP_URL": "https://mail.example"}),
        ("SMTP_URL", {"SMTP_URL": "smtp://mail.example:x"}),
        ("SMTP_URL", {"SMTP_URL": "smtp://"}),
    ],
)
def test_a_way_out_that_cannot_be_meant_is_named(named, typed) -> None:
    with pytest.raises(SettingsError, match=f"DAFTARI_{named} "):
        settings(**typed)


def test_a_password_is_neither_shown_nor_quoted() -> None:
    chosen = settings(SMTP_URL="smtp://me:secret@mail.example", SMS_TOKEN="hidden")
    assert "secret" not in repr(chosen)
    assert "hidden" not in repr(chosen)
    with pytest.raises(SettingsError) as refused:
        settings(SMTP_URL="smtp//me:secret@mail.example")
    assert "secret" not in str(refused.value)
