"""The whole shop as one file: what is in it, who may take it, and that it is told."""

import hashlib
import re

import pytest
from sqlalchemy import func, select, text

from daftari.db.base import shop_tables
from daftari.exports.rules.contents import LEFT_OUT, TABLES
from daftari.identity.rules import Role
from daftari.kernel.csv_text import csv_rows
from daftari.kernel.ids import new_id
from tests.integration.exports.support import asked, exported, manifest, records, runner, tasks_of
from tests.integration.ledger.shop_client import hire, open_for, text_of
from tests.photos import a_photo


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة <النور>")


async def fill(umm_salim) -> tuple[str, str]:
    """Two accounts, a photo, a promise; the ids of a customer and of his entry."""
    abu_ali = await umm_salim.add("أبو علي", phone="0501234567", nickname="علي")
    entry = await umm_salim.wrote(abu_ali, "debt", "50", note="<b>خبز</b>")
    assert (await umm_salim.put_photo(entry, a_photo((16, 12)))).status_code == 201
    await umm_salim.wrote(abu_ali, "payment", "20")
    await umm_salim.wrote(await umm_salim.add("=1+1"), "debt", "7.25", note="@SUM(A1)")
    promise = {"id": new_id(), "day_choice": "2026-12-01"}
    assert (await umm_salim.post(f"/customers/{abu_ali}/promises", **promise)).status_code == 303
    return abu_ali, entry


def test_every_table_is_exported_or_left_out_with_a_reason():
    assert len(shop_tables.tables) > 20
    assert sorted([*TABLES, *LEFT_OUT]) == sorted(shop_tables.tables)
    assert not [name for name, reason in LEFT_OUT.items() if len(reason.split()) < 3]


async def test_every_row_of_every_table_is_in_it(app, umm_salim):
    await fill(umm_salim)
    archive = await exported(app, umm_salim)

    def counted(tx):
        return {
            name: tx.scalar(select(func.count()).select_from(shop_tables.tables[name]))
            for name in TABLES
        }

    rows = await app.state.shops.read(umm_salim.home.split("/")[2], counted)
    rows["alerts"] -= 1  # that it is ready was told after it was made
    assert {name: len(records(archive, name)) for name in TABLES} == rows
    assert {"entries": 3, "customers": 2, "photos": 1, "promises": 1}.items() <= rows.items()
    assert all(list(row) == list(shop_tables.tables["entries"].c.keys())
               for row in records(archive, "entries"))  # fmt: skip


async def test_the_manifest_names_every_file_with_its_digest(app, umm_salim):
    await fill(umm_salim)
    archive = await exported(app, umm_salim)
    told = manifest(archive)
    assert (told["format"], told["version"]) == ("daftari-shop", 1)
    files = {one["name"]: one for one in told["files"]}
    assert sorted([*files, "manifest.json"]) == sorted(archive.namelist())
    for name, one in files.items():
        content = archive.read(name)
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


async def test_a_photo_is_a_file_that_its_row_names(app, umm_salim):
    _, entry = await fill(umm_salim)
    archive = await exported(app, umm_salim)
    (photo,) = records(archive, "photos")
    assert photo["content"] == f"photos/{entry}.webp"
    shown = await umm_salim.get(f"/entries/{entry}/photo")
    assert archive.read(photo["content"]) == shown.content


async def test_two_exports_differ_in_their_manifest_alone(app, umm_salim, clock):
    await fill(umm_salim)
    first = await exported(app, umm_salim)
    again = await exported(app, umm_salim)
    own = {"manifest.json", "data/alerts.jsonl", "data/activity.jsonl", "data/alert_readings.jsonl"}
    assert first.namelist() == again.namelist()
    assert not [
        name
        for name in first.namelist()
        if name not in own and first.read(name) != again.read(name)
    ]


async def test_a_formula_in_a_sheet_is_text_and_comes_back_equal(app, umm_salim):
    await fill(umm_salim)
    archive = await exported(app, umm_salim)
    for name in ("customers", "entries", "promises"):
        text = archive.read(f"csv/{name}.csv").decode()
        cells = [
            cell for line in text.removeprefix("\ufeff").splitlines() for cell in line.split(",")
        ]
        assert not [cell for cell in cells if cell.strip('"').startswith(("=", "@"))]
    assert ",-20.00," in archive.read("csv/entries.csv").decode()
    _, *lines = csv_rows(archive.read("csv/entries.csv").decode())
    assert [line[0] for line in lines] == ["أبو علي", "أبو علي", "=1+1"]
    assert [(line[1], line[2], line[7]) for line in lines] == [
        ("دَين", "50.00", "<b>خبز</b>"),
        ("سداد", "-20.00", ""),
        ("دَين", "7.25", "@SUM(A1)"),
    ]


async def test_the_book_opens_without_us_and_escapes_what_was_typed(app, umm_salim):
    abu_ali, _ = await fill(umm_salim)
    book = (await exported(app, umm_salim)).read("book.html").decode()
    assert book.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
    assert "<b>خبز" not in book
    assert "&lt;b&gt;خبز" in book
    assert "بقالة &lt;النور&gt;" in book
    assert f'href="#c-{abu_ali}"' in book
    assert f'id="c-{abu_ali}"' in book
    assert "عليه 30.00 ر.س" in book
    assert not re.search(r"<script|https?://|src=|url\(", book)


async def test_it_speaks_of_the_people_by_name_and_role_alone(app, browser, umm_salim):
    await hire(app, browser(), umm_salim.home, Role.CASHIER)
    archive = await exported(app, umm_salim)
    people = {one["name"]: one["role"] for one in records(archive, "people")}
    assert people == {"أم سليم": "owner", "كريم": "cashier"}
    whole = b"".join(map(archive.read, archive.namelist()))
    assert b"+966500000003" not in whole


async def test_an_export_stands_in_the_activity_and_alerts_who_manages_people(app, umm_salim):
    await asked(umm_salim)
    assert "المحل كله: أُخذ في ملف" in text_of(await umm_salim.get("/more/activity"))
    assert 'data-alert="export"' in (await umm_salim.get("/more/alerts")).text
    await runner(app).run_once()
    assert 'data-alert="task_done"' in (await umm_salim.get("/more/alerts")).text


async def test_only_who_may_export_finds_it(app, browser, umm_salim):
    for role in (Role.MANAGER, Role.CASHIER, Role.VIEWER):
        person = await hire(app, browser(), umm_salim.home, role)
        assert (await person.post("/exports", id=new_id())).status_code == 404
        assert (await person.get("/export.zip")).status_code == 404
        assert (await person.get("/more/tasks")).status_code == 404
    assert await tasks_of(app, umm_salim) == []


async def test_who_sees_one_branch_alone_exports_no_shop(app, browser, umm_salim):
    branch, task = new_id(), await asked(umm_salim)
    await runner(app).run_once()
    opened = await umm_salim.post("/more/branches", id=branch, name="السوق")
    assert opened.status_code == 303
    person = await hire(app, browser(), umm_salim.home, Role.VIEWER)
    grant = (
        "UPDATE memberships SET granted = 'export_book', branch_id = :branch WHERE person_id = :id"
    )
    values = {"branch": branch, "id": person.person_id}
    await app.state.control.write(lambda tx: tx.execute(text(grant), values))
    assert (await person.post("/exports", id=new_id())).status_code == 404
    assert (await person.get("/more/activity.csv")).status_code == 200  # it may export what it sees
    for path in ("/export.zip", "/more/tasks", f"/more/tasks/{task}/file"):
        assert (await person.get(path)).status_code == 404, path


async def test_the_fixed_address_leads_to_the_newest_file_or_to_where_one_is_made(app, umm_salim):
    answer = await umm_salim.get("/export.zip")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"{umm_salim.home}/more/tasks",
    )
    task = await asked(umm_salim)
    await runner(app).run_once()
    found = await umm_salim.get("/export.zip")
    assert found.headers["location"] == f"{umm_salim.home}/more/tasks/{task}/file"


async def test_the_passkey_is_asked_for_again_after_a_while(app, umm_salim, clock):
    task = await asked(umm_salim)
    await runner(app).run_once()
    clock.move(minutes=11)
    for answer in (
        await umm_salim.post("/exports", id=new_id()),
        await umm_salim.get(f"/more/tasks/{task}/file"),
    ):
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/verify")
    assert len(await tasks_of(app, umm_salim)) == 1
