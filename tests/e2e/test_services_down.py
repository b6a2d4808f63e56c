"""When a service is away the student is told so, nothing is half-done, and the talk goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil


@contextmanager
def frozen(quad, module: str) -> Iterator[None]:
    """One process of Quad stopped for the while: it takes connections and never answers."""
    port = int((quad.site if module == "bot.site" else quad.skills).rpartition(":")[2])
    pid = next(
        connection.pid
        for connection in psutil.net_connections("tcp")
        if connection.laddr.port == port and connection.status == psutil.CONN_LISTEN
    )
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
        time.sleep(0.2)


def test_axess_away_in_the_middle_of_an_enrollment(quad) -> None:
    suid = quad.add_student()
    assert "quarter" in quad.text("enroll me in CS106A", suid, "down")
    with frozen(quad, "bot.site"):
        told = quad.text("winter 2019", suid, "down")
    assert "try again" in told or "right now" in told
    assert quad.enrollments(suid) == []
    again = quad.text("enroll me in CS106A for winter 2019", suid, "down-2")
    assert "enrolled" in again
    assert len(quad.enrollments(suid)) == 1


def test_skills_away(quad) -> None:
    with frozen(quad, "bot.jobs"):
        told = quad.text("run recycling_robot", quad.add_student(), "skills")
    assert "again" in told
    assert "9" in quad.text("run recycling_robot", quad.add_student(), "skills-2")
