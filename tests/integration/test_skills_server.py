"""The job server over real HTTP: results, timeouts, crashes, queues, bad uploads."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from skills_server import SERVICE, Server


@pytest.fixture
def server(serve, tmp_path: Path) -> Server:
    return Server(tmp_path).start(serve)


def test_a_job_ends_with_text_and_pictures(server: Server) -> None:
    done = server.finish("recycling_robot", options={"gamma": 0.5})
    assert (done["state"], done["progress"]) == ("done", 1.0)
    assert done["result"]["data"]["gamma"] == 0.5
    assert server.http.get(done["result"]["pictures"][0]).headers["content-type"] == "image/png"
    assert server.http.get(f"/jobs/{done['id']}/pictures/9").status_code == 404


def test_a_picture_has_the_type_of_its_content(server: Server) -> None:
    pictures = server.finish("quick")["result"]["pictures"]
    kinds = [server.http.get(path).headers["content-type"] for path in pictures]
    assert kinds == ["image/png", "image/gif"]  # what is neither is left out


def test_many_jobs_all_end(server: Server) -> None:
    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(lambda _: server.finish("linear_adversarial"), range(12)))
    assert {job["state"] for job in done} == {"done"}
    assert len({job["id"] for job in done}) == 12


def test_a_fault_of_the_job_is_typed_and_told_with_its_facts(server: Server) -> None:
    done = server.finish("recycling_robot", options={"gamma": "high"})
    assert (done["state"], done["error"]["slug"]) == ("failed", "invalid-option")
    few = server.finish("pair", uploads=[server.upload(b"x")])
    assert few["error"] == {"slug": "wrong-number-of-files", "at_least": 2, "at_most": 3}


def test_a_skill_that_breaks_leaves_the_worker_alive(server: Server) -> None:
    assert server.finish("quick")["state"] == "done"
    worker = server.runner.quick.worker.pid
    assert server.finish("quick", options={"break": True})["error"] == {"slug": "skill-failed"}
    assert server.finish("quick", options={"bad_picture": True})["state"] == "done"
    assert server.runner.quick.worker.pid == worker


def test_a_job_that_takes_too_long_is_stopped_and_the_next_one_runs(server: Server) -> None:
    late = server.finish("short", options={"seconds": 30})
    assert late["error"] == {"slug": "job-timed-out"}
    assert server.finish("short")["state"] == "done"


@pytest.mark.parametrize("how", ["kill", "exit"])
def test_a_worker_that_dies_is_replaced(server: Server, how: str) -> None:
    job = server.begin("quick", options={"seconds": 30, "die": True} if how == "kill" else
                       {"die": True}).json()  # fmt: skip
    if how == "kill":
        server.until(job["id"], "running")
        worker = server.runner.quick.worker.pid
        assert worker is not None
        os.kill(worker, signal.SIGKILL)
    assert server.ended(job["id"])["error"] == {"slug": "worker-died"}
    assert server.finish("quick")["state"] == "done"


@pytest.mark.parametrize("upload", ["../secret", "0" * 32, "x", "0" * 31 + "/"])
def test_an_upload_that_is_not_there_is_refused(server: Server, upload: str) -> None:
    for body in ({"upload": upload}, {"uploads": [upload]}):
        answer = server.begin("day_night", **body)
        assert answer.status_code == 422
        assert answer.json()["type"].rpartition("/")[2] == "input-missing"


def test_unknown_skills_and_jobs(server: Server) -> None:
    assert server.begin("x").status_code == 404
    for path in ("x", "0" * 32, "0" * 32 + "/pictures/0", "..%2F/pictures/0", "x/progress/1"):
        assert server.http.get(f"/jobs/{path}").status_code == 404


def test_the_queue_is_bounded(server: Server) -> None:
    answers = [server.begin("quick", options={"seconds": 1}).status_code for _ in range(20)]
    assert set(answers) == {202, 429}


def test_one_student_cannot_fill_the_queue(server: Server) -> None:
    running = server.begin("quick", "first", options={"seconds": 30}).json()
    server.until(running["id"], "running")
    statuses = [server.begin("quick", "first").status_code for _ in range(4)]
    assert statuses == [202, 202, 202, 429]
    other = server.begin("quick", "second").json()
    server.http.delete(f"/jobs/{running['id']}", headers=SERVICE)
    assert server.ended(other["id"])["state"] == "done"
    left = [job.state for job in server.runner.of("first")]
    assert len(left) >= 2  # the newcomer did not wait for all of the first student's


def test_a_slow_skill_does_not_keep_a_quick_one_waiting(server: Server) -> None:
    slow = server.begin("slow", options={"seconds": 30}).json()
    server.until(slow["id"], "running")
    assert server.finish("quick")["state"] == "done"
    assert server.http.get(f"/jobs/{slow['id']}").json()["state"] == "running"


def test_a_start_says_how_long_it_usually_takes(server: Server) -> None:
    first = server.begin("linear_adversarial").json()
    assert first["usual_seconds"] == 3.0  # the card's guess
    server.ended(first["id"])
    server.runner._lasted["linear_adversarial"].clear()
    server.runner._lasted["linear_adversarial"] += [8.0, 20.0, 9.0]
    assert server.begin("linear_adversarial").json()["usual_seconds"] == 9.0


def test_a_run_shows_its_newest_picture(server: Server) -> None:
    job = server.begin("quick", options={"pictures": 1, "seconds": 1.5}).json()
    assert job["image"] is None
    shown = server.until(job["id"], "running")
    until = time.monotonic() + 10
    while shown["image"] is None and time.monotonic() < until:
        shown = server.http.get(f"/jobs/{job['id']}").json()
    picture = server.http.get(shown["image"])
    assert (picture.headers["content-type"], picture.headers["cache-control"]) == (
        "image/png",
        "no-store",
    )
    assert server.ended(job["id"])["image"] is None
    assert server.http.get(shown["image"]).status_code == 404


def test_only_a_service_speaks_for_a_conversation(server: Server) -> None:
    wanted = {"skill": "quick", "conversation": "c"}
    assert server.http.post("/jobs", json=wanted).status_code == 403
    assert server.http.get("/jobs", params={"conversation": "c"}).status_code == 403
    job = server.begin("quick", "c", options={"seconds": 30}).json()
    assert server.http.delete(f"/jobs/{job['id']}").status_code == 403
    found = server.http.get("/jobs", params={"conversation": "c"}, headers=SERVICE).json()
    assert [each["id"] for each in found] == [job["id"]]
    stopped = server.http.delete(f"/jobs/{job['id']}", headers=SERVICE).json()
    assert (stopped["state"], stopped["error"]) == ("failed", {"slug": "job-cancelled"})
    again = server.http.delete(f"/jobs/{job['id']}", headers=SERVICE).json()
    assert not again["stopped"]
    assert server.finish("quick")["state"] == "done"


def test_the_same_wish_is_one_job(server: Server) -> None:
    one, two = (server.begin("quick", "c", key="m1").json()["id"] for _ in range(2))
    other = server.begin("quick", "another", key="m1").json()["id"]
    assert one == two != other


def _wait(server: Server, job_id: str, seconds: float) -> httpx.Response:
    return server.http.get(f"/jobs/{job_id}", params={"wait": seconds}, headers=SERVICE)


def test_who_waits_tells_the_end_and_it_is_not_pushed(server: Server) -> None:
    job = server.begin("quick", "c", options={"seconds": 0.3}).json()
    assert _wait(server, job["id"], 20).json()["state"] == "done"
    late = server.begin("quick", "c", options={"seconds": 0.3}).json()
    assert _wait(server, late["id"], 0).json()["state"] != "done"
    server.until_told("done")
    time.sleep(4.5)
    assert [event.job_id for event in server.told if event.state == "done"] == [late["id"]]
    assert [job.id for job in server.records.left()] == [late["id"]]  # until it is settled
    server.runner.settled(late["id"])
    assert server.records.left() == []


def test_an_asker_that_died_is_not_waited_for(server: Server) -> None:
    job = server.begin("quick", "c").json()
    assert server.until_told("done").job_id == job["id"]


def test_a_job_that_is_to_be_forgotten_leaves_nothing(server: Server, tmp_path: Path) -> None:
    done = server.finish("quick")
    address = f"/jobs/{done['id']}"
    assert server.http.delete(address, params={"forget": True}).status_code == 403
    assert server.http.get(address).status_code == 200
    forgotten = server.http.delete(address, params={"forget": True}, headers=SERVICE)
    assert forgotten.json()["stopped"] is False
    assert server.http.get(address).status_code == 404
    assert server.http.get(done["result"]["pictures"][0]).status_code == 404
    assert not (tmp_path / "jobs" / done["id"]).exists()
    assert server.records.left() == []


def test_a_running_job_is_stopped_and_forgotten(server: Server) -> None:
    begun = server.begin("slow", options={"seconds": 30}).json()["id"]
    server.until(begun, "running")
    stopped = server.http.delete(f"/jobs/{begun}", params={"forget": True}, headers=SERVICE)
    assert stopped.json()["stopped"] is True
    assert server.http.get(f"/jobs/{begun}").status_code == 404
    assert server.records.left() == []
