"""All rules in the order in which a registrar would give its reasons.

`problems` yields every reason; `judge` raises the first. Seats come last: a full section is worth a
waitlist offer only if everything else is fine.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.errors import QuadError
from knowledge.model.students import Status
from knowledge.registrar.rules import readiness, seats, standing, workload
from knowledge.registrar.rules.case import Case

_RULES = (
    seats.offered,
    standing.window,
    standing.hold,
    standing.duplicate,
    readiness.permission,
    readiness.prerequisites,
    readiness.consent,
    workload.choices,
    workload.units,
    seats.linked,
    workload.conflicts,
)


def judge(case: Case) -> Status:
    """ENROLLED or (accepted) WAITLISTED; raise the first fact against it."""
    for problem in problems(case):
        raise problem
    if seats.may_sit(case):
        return Status.ENROLLED
    if case.wish.accept_waitlist:
        return Status.WAITLISTED
    raise seats.full(case)


def problems(case: Case) -> Iterator[QuadError]:
    """Every fact against this wish that no permission lifts, but for seats to be waited for."""
    lifted = readiness.lifted(case)
    for rule in _RULES:
        yield from (problem for problem in rule(case) if problem.problem not in lifted)
    section = case.section
    waiting_full = section.waitlisted >= section.waitlist_capacity
    if waiting_full and not seats.may_sit(case):
        yield seats.full(case)


def needs_permission(case: Case) -> bool:
    """Whether the wish would be refused but for its permission number, which is then used up."""
    lifted = readiness.lifted(case)
    return any(problem.problem in lifted for rule in _RULES for problem in rule(case))
