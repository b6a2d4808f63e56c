"""The site starts without the solver: it is loaded when the first plan is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[5]
_PROGRAM = """
import sys
import knowledge.mocks.axess_plan
print(sorted({"ortools", "pandas", "icalendar", "PIL"} & sys.modules.keys()))
"""


def test_the_routes_load_no_solver_and_no_drawing() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
