"""What an operator reads when a command is done, and when it cannot begin."""

from collections.abc import Callable

import pytest

from daftari.cli import main
from daftari.settings import Settings

Told = tuple[int, str, str]


@pytest.fixture
def daftari(settings: Settings, monkeypatch, capsys) -> Callable[..., Told]:
    """`daftari("verify")`: the exit code, and what was said on the two channels."""
    monkeypatch.setenv("DAFTARI_DATA", str(settings.data))
    monkeypatch.setenv("DAFTARI_RESERVE_MIB", "0")

    def run(*words: str) -> Told:
        code = main(words)
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def shop(daftari) -> None:
    assert daftari("demo", "--customers", "1", "--entries-each", "1")[0] == 0


def test_migrating_says_how_many_shops_there_are_and_how_many_were_behind(daftari, shop):
    code, out, err = daftari("migrate")
    assert (code, err) == (0, "")
    assert out == "1 shops are at the newest schema, 0 of them since now; 0 failed.\n"


def test_a_shop_that_cannot_be_opened_is_named_and_the_others_are_done(daftari, shop, settings):
    (broken,) = (settings.data / "shops").rglob("*.db")
    broken.write_bytes(bytes(4096))
    code, out, err = daftari("migrate")
    assert code == 1
    assert out.endswith("1 failed.\n")
    assert err == f"  {broken.stem}  ShopDamaged\n"


def test_a_link_is_made_for_whoever_has_the_phone_and_for_nobody_else(daftari, shop):
    code, out, _ = daftari("signin-link", "00966 50 000 9999")
    assert code == 0
    name, link = out.strip().split("\t")
    assert name == "أم سليم"
    assert link.startswith("http://localhost:8000/signin/link/")
    for stranger in ("+966500000000", "nobody"):
        code, out, err = daftari("signin-link", stranger)
        assert (code, out) == (1, "")
        assert err == "Nobody signed up with this phone.\n"


@pytest.mark.parametrize(
    "words", [["verify"], ["migrate"], ["signin-link", "+966500009999"], ["demo"]]
)
def test_a_command_that_cannot_begin_says_why_in_a_sentence(daftari, shop, settings, words):
    settings.master_key_file.unlink()
    code, out, err = daftari(*words)
    assert (code, out) == (1, "")
    assert err.startswith("daftari: ")
    assert "is gone: restore it" in err
