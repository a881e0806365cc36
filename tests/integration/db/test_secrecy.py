"""A stolen disk says nothing."""

import asyncio
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from daftari.db.connection import EncryptedFile, FileDamaged
from daftari.db.control import Control, ControlMissing
from daftari.db.databases import open_databases
from daftari.db.keys import KEY_BYTES, MasterKey, WrongMasterKey
from daftari.settings import Settings
from tests.integration.db.support import Installation, lines, write_line

PLANTED = "Umm Salim of the bakery street"

PROMISED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "busy_timeout": 5000,
}


async def test_every_promise_about_a_file_is_in_force_in_shops_and_control(
    installation: Installation,
) -> None:
    shop_id = await installation.new_shop()

    def in_force(tx: object) -> dict[str, object]:
        return {name: tx.scalar(text(f"PRAGMA {name}")) for name in PROMISED}

    assert await installation.shops.read(shop_id, in_force) == PROMISED
    assert await installation.control.read(in_force) == PROMISED


async def test_no_name_stands_readable_in_any_file_of_the_installation(
    installation: Installation,
) -> None:
    shop_id = await installation.new_shop()
    await installation.shops.write(shop_id, write_line, "one", PLANTED)
    for sought in (PLANTED.encode(), b"CREATE TABLE", b"SQLite format"):
        for file in _files(installation.data):
            assert sought not in file.read_bytes(), file
    assert [file.name for file in _files(installation.data) if file.name.endswith("-wal")]
    assert await installation.shops.read(shop_id, lines) == ["one"]


async def test_a_key_of_a_shop_is_in_no_file_either(installation: Installation) -> None:
    shop_id = await installation.new_shop()
    wrapped = await installation.control.read(
        lambda tx: tx.scalar(text("SELECT wrapped_key FROM shop_keys"))
    )
    key = installation.master.unwrap(wrapped, shop_id)
    assert len(key) == KEY_BYTES
    for file in _files(installation.data):
        assert key not in file.read_bytes()
        assert key.hex().encode() not in file.read_bytes().lower()


async def test_only_the_owner_may_read_what_is_kept(
    installation: Installation,
) -> None:
    shop_id = await installation.new_shop()
    await installation.shops.write(shop_id, write_line, "one")
    files = _files(installation.data)
    assert {file.name.partition("-wal")[0] for file in files} >= {"control.db", f"{shop_id}.db"}
    assert {_mode(file) for file in files} == {0o600}
    folders = [found for found in (installation.data / "shops").rglob("*") if found.is_dir()]
    assert {_mode(folder) for folder in folders} == {0o700}


async def test_a_file_does_not_open_under_another_key(tmp_path: Path) -> None:
    file = await EncryptedFile.open(tmp_path / "a.db", bytes(32))
    await file.close()
    with pytest.raises(FileDamaged):
        await EncryptedFile.open(tmp_path / "a.db", bytes(31) + b"1")


async def test_the_templates_key_does_not_open_a_shop_and_no_shop_opens_another(
    installation: Installation,
) -> None:
    shop_id, other = await installation.new_shop(), await installation.new_shop()
    keys = await installation.control.read(
        lambda tx: dict(tx.execute(text("SELECT shop_id, wrapped_key FROM shop_keys")).all())
    )
    await installation.shops.close()
    foreign = installation.master.unwrap(keys[other], other)
    for key in (installation.master.derived("template"), foreign, installation.master.secret):
        with pytest.raises(FileDamaged):
            await EncryptedFile.open(installation.file(shop_id), key)


def test_a_wrapped_key_opens_only_for_its_own_shop_and_its_own_master(tmp_path: Path) -> None:
    master, other = MasterKey.at(tmp_path / "ours"), MasterKey.at(tmp_path / "theirs")
    wrapped = master.wrap(b"k" * 32, "grocery")
    assert master.unwrap(wrapped, "grocery") == b"k" * 32
    assert master.wrap(b"k" * 32, "grocery") != wrapped
    for wrong in (
        lambda: master.unwrap(wrapped, "bakery"),
        lambda: other.unwrap(wrapped, "grocery"),
        lambda: master.unwrap(wrapped[:-1] + bytes([wrapped[-1] ^ 1]), "grocery"),
    ):
        with pytest.raises(WrongMasterKey):
            wrong()


def test_the_master_key_is_made_once_for_its_owner_only_and_does_not_show_itself(
    tmp_path: Path,
) -> None:
    place = tmp_path / "keys" / "master.key"
    master = MasterKey.at(place)
    assert len(master.secret) == KEY_BYTES
    assert MasterKey.at(place) == master
    assert _mode(place) == 0o600
    assert [found.name for found in place.parent.iterdir()] == ["master.key"]
    assert master.secret.hex() not in repr(master)
    assert repr(master.secret) not in repr(master)


async def test_of_two_programs_that_start_at_once_both_hold_the_same_key(tmp_path: Path) -> None:
    place = tmp_path / "master.key"
    keys = await asyncio.gather(*(asyncio.to_thread(MasterKey.at, place) for _ in range(16)))
    assert len(set(keys)) == 1


def test_a_key_file_of_another_length_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "master.key").write_bytes(b"short")
    with pytest.raises(WrongMasterKey, match=r"master\.key must hold exactly 32 bytes"):
        MasterKey.at(tmp_path / "master.key")


def test_each_purpose_has_its_own_key(tmp_path: Path) -> None:
    master = MasterKey.at(tmp_path / "master.key")
    keys = {master.secret, master.derived("control"), master.derived("template")}
    assert len(keys) == 3
    assert master.derived("control") == master.derived("control")


async def test_the_control_file_refuses_another_master_key_in_words(tmp_path: Path) -> None:
    first = await Installation.start(tmp_path)
    await first.stop()
    before = (tmp_path / "control.db").read_bytes()
    with pytest.raises(WrongMasterKey, match=r"control\.db"):
        await Control.open(tmp_path, MasterKey.at(tmp_path / "another.key"))
    assert (tmp_path / "control.db").read_bytes() == before


async def test_shops_without_their_control_file_are_not_hidden_by_a_new_one(
    tmp_path: Path,
) -> None:
    first = await Installation.start(tmp_path)
    await first.new_shop()
    await first.stop()
    (tmp_path / "control.db").unlink()
    with pytest.raises(ControlMissing):
        await Control.open(tmp_path, first.master)
    assert not (tmp_path / "control.db").exists()


async def test_a_lost_master_key_is_not_made_anew_over_files_it_could_not_open(
    tmp_path: Path,
) -> None:
    settings = Settings(data=tmp_path, master_key_file=tmp_path / "master.key")
    async with open_databases(settings):
        pass
    settings.master_key_file.unlink()
    with pytest.raises(WrongMasterKey, match="is gone"):
        async with open_databases(settings):
            pass
    assert not settings.master_key_file.exists()


def _files(folder: Path) -> list[Path]:
    return [found for found in folder.rglob("*") if found.is_file()]


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
