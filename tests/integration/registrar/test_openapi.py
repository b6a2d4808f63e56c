"""Schemathesis reads Axess's OpenAPI and asks what it allows and what it forbids, over HTTP."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from worlds import TINY

from knowledge import tokens
from knowledge.bench.invariants import violations
from knowledge.bench.world import TODAY
from knowledge.mocks.axess import create_axess
from knowledge.model.students import Principal, Role
from knowledge.storage.unit_of_work import UnitOfWork

SECRET = "a secret of the tests that is long enough for HS256"
# Any number at all, and one student's: random numbers meet no record.
FREE = ""
KNOWN = f'[parameters]\n"path.suid" = "{TINY.suids[1]}"\n"class_id" = 10010\n'


@pytest.fixture
def tiny(tmp_path: Path) -> UnitOfWork:
    units = UnitOfWork.at(f"sqlite:///{tmp_path / 'tiny.db'}")
    TINY.build(units)
    yield units
    units.close()


@pytest.mark.parametrize("config", [FREE, KNOWN], ids=["anybody", "one student"])
def test_axess_is_what_its_openapi_says(
    tiny: UnitOfWork, serve: Callable[[Any], str], tmp_path: Path, config: str
) -> None:
    address = serve(create_axess(tiny, lambda t: tokens.verify(t, SECRET), lambda: TODAY))
    signed = tokens.issue(Principal("tests", Role.SERVICE), SECRET, timedelta(minutes=10))
    (tmp_path / "schemathesis.toml").write_text(config)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml"),
            *("run", f"{address}/openapi.json", "-H", f"Authorization: Bearer {signed}"),
            *("--phases", "coverage,fuzzing", "--max-examples", "15", "--seed", "4"),
            *("--continue-on-failure", "--no-color"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    (tested,) = re.findall(r"(\d+) generated", done.stdout)
    assert int(tested) > 100
    assert violations(tiny) == []


def test_every_operation_asks_for_a_token(tiny: UnitOfWork, serve: Callable[[Any], str]) -> None:
    address = serve(create_axess(tiny, lambda t: tokens.verify(t, SECRET), lambda: TODAY))
    spec = httpx.get(f"{address}/openapi.json").json()
    operations = [op for path in spec["paths"].values() for op in path.values()]
    assert len(operations) == 7
    assert all(operation["security"] for operation in operations), json.dumps(spec["paths"])
