"""How long plans and "why not?" take for every sample student: `python -m bot.bench_plans`.

The catalogue and the students are the sample ones (seed 230), in a database in memory.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import date

import numpy as np

from knowledge.model.codes import CourseCode
from knowledge.model.students import Student
from knowledge.registrar.planning.case import PlanningCase, Wishes
from knowledge.registrar.planning.explaining import reasons_against
from knowledge.registrar.planning.gathering import Gathering
from knowledge.registrar.planning.planner import plan
from knowledge.registrar.planning.plans import Plan
from knowledge.sample.load import SEED, prepare
from knowledge.sample.programmes import programmes
from knowledge.storage.unit_of_work import UnitOfWork

_ASKED = ("CS229", "CS161", "HISTORY1C", "ECON101")


def main(argv: list[str] | None = None) -> int:
    """Print one line a measure, with the machine and the date."""
    parser = argparse.ArgumentParser(prog="python -m bot.bench_plans", description=__doc__)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2018, 11, 15))
    parser.add_argument("--terms", type=int, default=2)
    args = parser.parse_args(argv)
    units = UnitOfWork.at("sqlite://")
    prepare(units)
    with units.read() as work:
        students = work.students.all()
    print(f"{len(students)} students, {args.terms} terms from {args.today}, seed {SEED}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {date.today()}")
    cases = [_gathered(units, student, args.today, args.terms) for student in students]
    _tell("reading a case", [seconds for _, seconds in cases])
    _plans([case for case, _ in cases])
    _reasons([case for case, _ in cases])
    return 0


def _gathered(
    units: UnitOfWork, student: Student, today: date, terms: int
) -> tuple[PlanningCase, float]:
    begun = time.perf_counter()
    with units.read() as work:
        case = Gathering(work, today, programmes().__getitem__).case(student.suid, terms, Wishes())
    return case, time.perf_counter() - begun


def _plans(cases: list[PlanningCase]) -> None:
    taken, made = [], []
    for case in cases:
        begun = time.perf_counter()
        made.append(plan(case))
        taken.append(time.perf_counter() - begun)
    _tell("a plan", taken)
    plans = [each for each in made if isinstance(each, Plan)]
    units = [term.units for each in plans for term in each.terms]
    print(f"  made {len(plans)}, proven best {sum(each.proven for each in plans)}")
    print(f"  units a term: median {np.median(units):.0f}, {min(units)} to {max(units)}")
    sizes = [len(case.bundles) for case in cases]
    print(f"  sections on offer: {min(sizes)} to {max(sizes)}")


def _reasons(cases: list[PlanningCase]) -> None:
    taken, facts = [], []
    for case in cases:
        for code in _ASKED:
            course = case.course_of(CourseCode.parse(code))
            if course is None:
                continue
            begun = time.perf_counter()
            reasons = reasons_against(case, (course,))
            taken.append(time.perf_counter() - begun)
            facts += [len(reason.facts) for reason in reasons]
    _tell(f"why not {', '.join(_ASKED)}", taken)
    print(f"  {len(facts)} reasons of {np.mean(facts):.1f} facts, {max(facts)} at most")


def _tell(what: str, seconds: list[float]) -> None:
    median, high = np.percentile(seconds, [50, 95])
    print(f"{what}: median {median:.3f} s, p95 {high:.3f} s, most {max(seconds):.3f} s")


if __name__ == "__main__":
    sys.exit(main())
