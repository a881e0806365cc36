"""Long work: one of a kind at a time, progress, cancelling, crashes, and the end of its file."""

import asyncio
from dataclasses import replace

import pytest

from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Refusal
from daftari.tasks.jobs import runner as runner_module
from daftari.tasks.rules import LEASE, MOST_ATTEMPTS, TaskState
from daftari.tasks.store import claim
from tests.integration.exports.support import asked, runner, tasks_of
from tests.integration.ledger.shop_client import HTMX, errors, open_for, text_of


@pytest.fixture
async def umm_salim(app, browser):
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


async def states(app, shop_client) -> list[str]:
    return [str(task.state) for task in await tasks_of(app, shop_client)]


async def endless(databases, task, progress):
    progress.done, progress.total = 30, 100
    await asyncio.Event().wait()
    return 0


async def test_a_second_request_leads_to_the_running_one(app, umm_salim):
    task = await asked(umm_salim)
    await asked(umm_salim)
    assert [one.id for one in await tasks_of(app, umm_salim)] == [task]
    assert (await umm_salim.post("/exports", id=task)).status_code == 303
    await runner(app).run_once()
    await umm_salim.post("/exports", id=task)  # sent once more, after its end
    assert await states(app, umm_salim) == ["done"]
    await asked(umm_salim)
    assert await states(app, umm_salim) == ["waiting", "done"]


async def test_another_shops_task_is_not_found(app, browser, umm_salim):
    task = await asked(umm_salim)
    huda = await open_for(app, browser(), "هدى", "مخبز هدى")
    assert (await huda.post(f"/more/tasks/{task}/cancellation")).status_code == 404
    await runner(app).run_once()
    assert (await huda.get(f"/more/tasks/{task}/file")).status_code == 404
    assert task not in (await huda.get("/more/tasks")).text
    assert (await huda.post("/exports", id=task)).status_code == 404
    assert await states(app, umm_salim) == ["done"]
    assert await states(app, huda) == []


async def test_the_page_asks_again_only_while_something_runs(app, umm_salim):
    await asked(umm_salim)
    running = await umm_salim.get("/more/tasks", headers=HTMX)
    assert 'hx-trigger="every 2s"' in running.text
    assert "<html" not in running.text
    await runner(app).run_once()
    ended = await umm_salim.get("/more/tasks", headers=HTMX)
    assert "hx-trigger" not in ended.text
    assert "/file" in ended.text


async def test_progress_is_shown_and_a_cancelled_task_ends_its_work(app, umm_salim, monkeypatch):
    monkeypatch.setattr(runner_module, "SECONDS_BETWEEN_BEATS", 0.02)
    task = await asked(umm_salim)
    working = asyncio.create_task(runner(app, endless).run_next())
    for _ in range(200):
        if (await tasks_of(app, umm_salim))[0].done == 30:
            break
        await asyncio.sleep(0.02)
    assert "30%" in text_of(await umm_salim.get("/more/tasks"), "tasks")
    assert (await umm_salim.post(f"/more/tasks/{task}/cancellation")).status_code == 303
    await asyncio.wait_for(working, 5)
    assert await states(app, umm_salim) == ["cancelled"]
    assert "أُلغي" in text_of(await umm_salim.get("/more/tasks"), "tasks")


async def test_a_cancelled_task_that_waited_never_begins(app, umm_salim):
    task = await asked(umm_salim)
    await umm_salim.post(f"/more/tasks/{task}/cancellation")
    assert await runner(app).run_once() == 0
    assert (await umm_salim.get(f"/more/tasks/{task}/file")).status_code == 404


async def test_a_task_of_a_worker_that_is_gone_begins_again_when_its_lease_is_over(
    app, umm_salim, clock
):
    await asked(umm_salim)
    left = await app.state.control.write(claim, clock.now())
    assert left is not None
    assert await runner(app).run_once() == 0
    clock.move(seconds=LEASE.total_seconds() + 1)
    assert await runner(app).run_once() == 1
    (task,) = await tasks_of(app, umm_salim)
    assert (task.state, task.attempts) == (TaskState.DONE, 2)


async def test_a_task_that_was_cut_off_again_and_again_is_given_up(app, umm_salim, clock):
    await asked(umm_salim)
    for _ in range(MOST_ATTEMPTS):
        await app.state.control.write(claim, clock.now())
        clock.move(seconds=LEASE.total_seconds() + 1)
    await runner(app).run_once()
    assert [one.reason for one in await tasks_of(app, umm_salim)] == ["task_cut_off"]
    assert 'data-alert="task_failed"' in (await umm_salim.get("/more/alerts")).text


async def test_a_worker_that_is_stopped_leaves_the_task_to_the_next(app, umm_salim, monkeypatch):
    monkeypatch.setattr(runner_module, "SECONDS_BETWEEN_BEATS", 0.02)
    await asked(umm_salim)
    working = asyncio.create_task(runner(app, endless).run())
    for _ in range(200):
        if (await tasks_of(app, umm_salim))[0].done:
            break
        await asyncio.sleep(0.02)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert await states(app, umm_salim) == ["waiting"]
    assert await runner(app).run_once() == 1
    assert await states(app, umm_salim) == ["done"]


async def refused(databases, task, progress):
    raise Refusal(task="task_no_room")


async def broken(databases, task, progress):
    raise RuntimeError("something nobody thought of")


@pytest.mark.parametrize(("work", "reason"), [(refused, "task_no_room"), (broken, "task_broke")])
async def test_a_task_that_fails_says_why_and_is_told(app, umm_salim, work, reason):
    await asked(umm_salim)
    await runner(app, work).run_once()
    (task,) = await tasks_of(app, umm_salim)
    assert (task.state, task.reason) == (TaskState.FAILED, reason)
    page = await umm_salim.get("/more/tasks")
    assert reason not in text_of(page, "tasks")
    assert errors(page) == [reason]
    assert 'data-alert="task_failed"' in (await umm_salim.get("/more/alerts")).text


async def test_the_file_is_gone_after_a_day(app, umm_salim, clock, settings):
    task = await asked(umm_salim)
    await runner(app).run_once()
    (file,) = (settings.data / "files").rglob("*.sealed")
    clock.move(hours=24)
    assert (await umm_salim.get(f"/more/tasks/{task}/file")).status_code != 200
    assert file.exists()
    await runner(app).sweep()
    assert not file.exists()
    assert await states(app, umm_salim) == ["expired"]
    clock.move(days=31)
    await runner(app).sweep()
    assert await states(app, umm_salim) == []


async def test_the_file_on_the_disk_says_nothing(app, umm_salim, settings):
    await umm_salim.wrote(await umm_salim.add("أبو علي"), note="خبز")
    await asked(umm_salim)
    await runner(app).run_once()
    (file,) = (settings.data / "files").rglob("*.sealed")
    sealed = file.read_bytes()
    assert b"PK" not in sealed[:64]
    assert b"book.html" not in sealed
    assert file.stat().st_mode & 0o777 == 0o600
    assert not list((settings.data / "unborn").iterdir())


async def test_an_end_that_a_crash_left_untold_is_told_once(app, umm_salim, monkeypatch):
    await asked(umm_salim)
    with monkeypatch.context() as crashing:
        crashing.setattr(runner_module.TaskRunner, "_tell", lambda self: asyncio.sleep(0))
        await runner(app).run_next()
    assert "task_done" not in (await umm_salim.get("/more/alerts")).text
    for _ in range(2):
        await runner(app).sweep()
    assert (await umm_salim.get("/more/alerts")).text.count('data-alert="task_done"') == 1


def test_a_task_without_steps_is_at_nothing(app):
    from daftari.tasks.rules import LongTask, TaskKind

    task = LongTask(new_id(), "", "", TaskKind.EXPORT_SHOP, "ar", None, TaskState.RUNNING, 1, 0, 0,
                    None, None, None, None)  # fmt: skip
    assert task.percent == 0
    assert replace(task, done=7, total=9).percent == 77
