"""Codes, devices, and how long a sign-in holds."""

from datetime import UTC, datetime, timedelta

import pytest

from daftari.identity.rules import expiry, is_fresh
from daftari.identity.rules.codes import code_hash, new_code
from daftari.identity.rules.devices import device_of, distinct_name

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 {} Mobile Safari/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 {}"


def test_a_code_has_eighty_random_bits_in_groups_of_four():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(group) for code in codes for group in code.split("-")} == {4}
    assert len(set("".join(codes)) - {"-"}) == 32


@pytest.mark.parametrize(
    "typed",
    ["0a1b-2c3d-4e5f-6g7h", "0A1B2C3D4E5F6G7H", "oa1b 2c3d 4e5f 6g7h", "٠aIb–٢c٣d_٤e٥f_٦g٧h"],
)
def test_a_code_is_the_same_however_it_is_typed(typed):
    assert code_hash(typed) == code_hash("0a1b-2c3d-4e5f-6g7h")


def test_another_code_has_another_hash():
    assert code_hash("0a1b-2c3d-4e5f-6g7j") != code_hash("0a1b-2c3d-4e5f-6g7h")


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (ANDROID.format("Chrome/140.0"), ("Android", "")),
        (ANDROID.format("SamsungBrowser/28.0 Chrome/130.0"), ("Android", "Samsung Internet")),
        (MAC.format("Version/18.0 Safari/605.1.15"), ("Mac", "")),
        (MAC.format("Chrome/140.0 Safari/537.36"), ("Mac", "Chrome")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", ("iPhone", "")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", ("Windows", "")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Firefox/153.0", ("Linux", "Firefox")),
        ("curl/8", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_device_is_known_by_its_system_and_a_browser_that_is_not_the_systems_own(
    user_agent, device
):
    assert device_of(user_agent) == device


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ([], "هاتف"),
        (["هاتف 2"], "هاتف"),
        (["هاتف"], "هاتف 2"),
        (["هاتف", "هاتف 2", "هاتف 4"], "هاتف 3"),
        (["هاتف 2", "هاتف"], "هاتف 3"),
    ],
)
def test_a_name_that_is_taken_gets_the_first_free_number(taken, name):
    assert distinct_name("هاتف", taken) == name


def test_no_name_is_never_numbered():
    assert distinct_name("", [""]) == ""


def test_a_session_ends_thirty_days_after_the_last_visit_and_after_half_a_year():
    assert expiry(NOW, NOW) == NOW + timedelta(days=30)
    assert expiry(NOW, NOW + timedelta(days=170)) == NOW + timedelta(days=180)


def test_a_check_is_fresh_for_ten_minutes():
    assert not is_fresh(None, NOW)
    assert is_fresh(NOW - timedelta(minutes=9, seconds=59), NOW)
    assert not is_fresh(NOW - timedelta(minutes=10), NOW)
