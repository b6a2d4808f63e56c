"""ExploreCourses served once for all tests of this folder; they only read."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from knowledge.mocks.explorecourses import create_explorecourses
from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture(scope="session")
def address(catalogue: UnitOfWork) -> Iterator[str]:
    """Where ExploreCourses answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_explorecourses(catalogue), log_level="error", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def web(address: str) -> Iterator[httpx.Client]:
    """A plain HTTP client of it."""
    with httpx.Client(base_url=address, timeout=10) as client:
        yield client
