"""The job server over real HTTP: results, timeouts, crashes, queues, bad uploads."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from skills.serving.runner import Runner
from skills.serving.server import create_app


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "jobs", seconds=20)


@pytest.fixture
def skills(runner: Runner, serve, tmp_path: Path) -> httpx.Client:
    (tmp_path / "uploads").mkdir()
    with httpx.Client(
        base_url=serve(create_app(runner, tmp_path / "uploads", None)), timeout=40
    ) as c:
        yield c


def _finish(skills: httpx.Client, **job: object) -> dict:
    started = skills.post("/jobs", json=job)
    assert started.status_code == 202
    return skills.get(f"/jobs/{started.json()['id']}", params={"wait": 30}).json()


def test_a_job_ends_with_text_and_pictures(skills: httpx.Client) -> None:
    done = _finish(skills, skill="recycling_robot", options={"gamma": 0.5})
    assert (done["state"], done["progress"]) == ("done", 1.0)
    assert done["result"]["data"]["gamma"] == 0.5
    assert skills.get(done["result"]["pictures"][0]).headers["content-type"] == "image/png"
    assert skills.get(f"/jobs/{done['id']}/pictures/9").status_code == 404


def test_many_jobs_all_end(skills: httpx.Client) -> None:
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda _: _finish(skills, skill="linear_adversarial"), range(12)))
    assert {job["state"] for job in done} == {"done"}
    assert len({job["id"] for job in done}) == 12


def test_a_fault_of_the_job_is_typed(skills: httpx.Client) -> None:
    done = _finish(skills, skill="recycling_robot", options={"gamma": "high"})
    assert (done["state"], done["error"]) == ("failed", {"slug": "invalid-option"})


def test_a_job_that_takes_too_long_is_stopped_and_the_next_one_runs(
    skills: httpx.Client, runner: Runner
) -> None:
    runner._seconds = 0.0
    assert _finish(skills, skill="recycling_robot")["error"] == {"slug": "job-timed-out"}
    runner._seconds = 20
    assert _finish(skills, skill="recycling_robot")["state"] == "done"


def test_a_killed_worker_is_replaced(skills: httpx.Client, runner: Runner) -> None:
    assert _finish(skills, skill="recycling_robot")["state"] == "done"
    worker = runner._worker
    assert worker is not None
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    assert _finish(skills, skill="recycling_robot")["state"] == "done"


@pytest.mark.parametrize("upload", ["../secret", "0" * 32, "x", "0" * 31 + "/"])
def test_an_upload_that_is_not_there_is_refused(skills: httpx.Client, upload: str) -> None:
    answer = skills.post("/jobs", json={"skill": "day_night", "upload": upload})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (422, "input-missing")


def test_unknown_skills_and_jobs(skills: httpx.Client) -> None:
    assert skills.post("/jobs", json={"skill": "x"}).status_code == 404
    assert skills.get("/jobs/x").status_code == 404


def test_the_queue_is_bounded(skills: httpx.Client, runner: Runner) -> None:
    runner._seconds = 0.5
    answers = [skills.post("/jobs", json={"skill": "day_night"}).status_code for _ in range(40)]
    assert set(answers) == {202, 429}


def test_a_start_says_how_long_it_usually_takes(skills: httpx.Client, runner: Runner) -> None:
    first = skills.post("/jobs", json={"skill": "linear_adversarial"}).json()
    assert first["usual_seconds"] == 3.0  # the card's guess
    skills.get(f"/jobs/{first['id']}", params={"wait": 30})
    runner._lasted["linear_adversarial"].clear()
    runner._lasted["linear_adversarial"] += [8.0, 20.0, 9.0]
    again = skills.post("/jobs", json={"skill": "linear_adversarial"}).json()
    assert again["usual_seconds"] == 9.0
