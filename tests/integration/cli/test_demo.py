"""`daftari demo` leaves a whole shop behind, and a way in."""

import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import httpx
import pytest

from daftari.app import create_app
from daftari.cli import main
from daftari.customers.tables import customers
from daftari.db.base import ReadTx
from daftari.db.databases import open_databases
from daftari.db.keys import all_shop_ids
from daftari.ledger.tables import entries, promises
from daftari.settings import Settings
from tests.integration.conftest import OWN_PAGE

Demo = Callable[..., str]


@pytest.fixture
def demo(settings: Settings, monkeypatch, capsys) -> Demo:
    """Run the command; what it printed."""
    monkeypatch.setenv("DAFTARI_DATA", str(settings.data))
    monkeypatch.setenv("DAFTARI_RESERVE_MIB", "0")

    def run(*words: str) -> str:
        assert main(["demo", *words]) == 0
        return capsys.readouterr().out

    return run


async def in_the_only_shop(settings: Settings, fn):
    async with open_databases(settings) as databases:
        (shop_id,) = await databases.control.read(all_shop_ids)
        return await databases.shops.read(shop_id, fn)


def rows(table):
    def read(tx: ReadTx):
        return tx.execute(table.select()).mappings().all()

    return read


async def settled_and_late(settings: Settings) -> tuple[set[int], int]:
    people = await in_the_only_shop(settings, rows(customers))
    signs = {(one["balance_minor"] > 0) - (one["balance_minor"] < 0) for one in people}
    today = datetime.now(UTC).date()
    return signs, sum(1 for one in people if one["oldest_due_on"] and one["oldest_due_on"] < today)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> tuple[Path, str]:
    """A shop written once, to be copied, and what the command printed."""
    data = tmp_path_factory.mktemp("demo") / "data"
    words = ["demo", "--customers", "40", "--entries-each", "12"]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as told:
        patch.setenv("DAFTARI_DATA", str(data))
        patch.setenv("DAFTARI_RESERVE_MIB", "0")
        assert main(words) == 0
    return data, told.getvalue()


class TestDemo:
    @pytest.fixture(autouse=True)
    def _told(self, written: tuple[Path, str], settings: Settings, monkeypatch) -> None:
        data, self.told = written
        shutil.copytree(data, settings.data)
        monkeypatch.setenv("DAFTARI_DATA", str(settings.data))

    def test_the_book_it_leaves_proves_right(self):
        assert main(["verify"]) == 0

    async def test_it_wrote_what_was_asked_for(self, settings):
        assert len(await in_the_only_shop(settings, rows(customers))) == 40
        lines = await in_the_only_shop(settings, rows(entries))
        assert len(lines) == 40 * 12
        assert {"debt", "payment", "reversal", "discount"} <= {line["kind"] for line in lines}

    async def test_some_owe_some_are_owed_and_some_are_late(self, settings):
        signs, late = await settled_and_late(settings)
        assert signs == {-1, 0, 1}
        assert 3 < late < 37

    async def test_some_have_given_their_word(self, settings):
        given = await in_the_only_shop(settings, rows(promises))
        assert len(given) == 4
        assert len({one["customer_id"] for one in given}) == 4
        paydays = {one["payday"] for one in await in_the_only_shop(settings, rows(customers))}
        assert {None, "day:27", "weekday:3", "last_working"} == paydays

    async def test_the_link_it_prints_signs_umm_salim_in_once(self, settings):
        link = self.told.split()[-1]
        path = link.removeprefix(settings.origin)
        assert path.startswith("/signin/link/")
        app = create_app(settings)
        async with app.lifespan():
            endpoint = httpx.ASGITransport(app)
            async with httpx.AsyncClient(
                transport=endpoint, base_url=settings.origin, headers=OWN_PAGE
            ) as browser:
                answer = await browser.get(path)
                assert answer.status_code == 303
                assert app.state.session_cookie in answer.cookies
                browser.cookies.clear()
                await browser.get(path)
                assert app.state.session_cookie not in browser.cookies


def test_a_second_demo_is_a_second_shop(demo, settings):
    for _ in range(2):
        demo("--customers", "2", "--entries-each", "3", "--seed", "7")
    shop_files = list((settings.data / "shops").rglob("*.db"))
    assert len(shop_files) == 2


@pytest.mark.parametrize(
    "words", [["--customers", "0"], ["--customers", "١"], ["--entries-each", "-1"], ["--seed", "x"]]
)
def test_what_cannot_be_meant_is_refused(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["demo", *words])
    assert ended.value.code == 2
    assert words[0] in capsys.readouterr().err
