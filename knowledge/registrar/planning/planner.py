"""`plan`: the best terms for a student, found with CP-SAT; imported when first asked for a plan."""

from __future__ import annotations

from dataclasses import replace

from knowledge.model.courses import Course
from knowledge.model.obstacles import Obstacle
from knowledge.model.schedule import clash
from knowledge.registrar.planning.barring import against_bundle, against_enrolling
from knowledge.registrar.planning.candidates import Candidate, candidates
from knowledge.registrar.planning.case import Bundle, PlanningCase
from knowledge.registrar.planning.constraints import (
    forbid_clashes,
    frame_of,
    require_prerequisites,
)
from knowledge.registrar.planning.explaining import reasons_against
from knowledge.registrar.planning.objective import of_the_week, towards_degree
from knowledge.registrar.planning.plans import Infeasible, Plan, PlannedCourse, PlannedTerm
from knowledge.registrar.planning.progress import progress
from knowledge.registrar.planning.search import Search

SECONDS = 2.0
_MOST_GENERAL = 14


def plan(case: PlanningCase, seconds: float = SECONDS) -> Plan | Infeasible:
    """The best plan within the time, or why there is none that holds all that was wished."""
    found = candidates(case)
    open_bundles = tuple(b for b in _of_terms(case) if not any(against_bundle(b, case)))
    considered = _considered(case, found, open_bundles)
    frame = frame_of(case, considered)
    forbid_clashes(frame)
    for (number, term), literal in frame.chosen.items():
        require_prerequisites(frame, frame.courses[number], term, [literal])
    for course in _wished(case):
        frame.model.add(sum(frame.of(course)) >= 1)
    search = Search(frame, seconds)
    if search.improve(towards_degree(frame, found)):
        search.improve(of_the_week(frame))
    if search.best is None:
        return Infeasible(reasons_against(case, tuple(_wished(case))))
    chosen = [frame.bundles[key] for key in search.best]
    return _plan(case, found, chosen, open_bundles, search)


def _of_terms(case: PlanningCase) -> list[Bundle]:
    terms = {dates.term for dates in case.terms}
    return [bundle for bundle in case.bundles if bundle.term in terms]


def _wished(case: PlanningCase) -> list[Course]:
    found = {c.course_id: c for code in case.wishes.include if (c := case.course_of(code))}
    return [found[number] for number in sorted(found)]


def _considered(
    case: PlanningCase, found: tuple[Candidate, ...], bundles: tuple[Bundle, ...]
) -> list[Bundle]:
    """The bundles of the candidates; of what is general alone, the first few for each requirement.

    Dozens of courses carry the same general requirement: more of them than fit into the week add
    nothing but time to the search.
    """
    kept = {c.course.course_id for c in found if c.serves_major or c.leads_to}
    kept |= {course.course_id for course in _wished(case)}
    taught = {bundle.course.course_id for bundle in bundles}
    general: dict[str, list[Candidate]] = {}
    for candidate in sorted(found, key=_broadest):
        if candidate.course.course_id in taught:
            for standing in candidate.serves:
                general.setdefault(standing.requirement.name, []).append(candidate)
    for fitting in general.values():
        kept |= {candidate.course.course_id for candidate in fitting[:_MOST_GENERAL]}
    wanted = {c.course.course_id for c in found} & kept
    return [bundle for bundle in bundles if bundle.course.course_id in wanted]


def _broadest(candidate: Candidate) -> tuple[int, bool, int, str]:
    """Those that serve most come first, then those that need nothing, then introductions."""
    course = candidate.course
    needs = course.prerequisites is not None
    return -len(candidate.serves), needs, course.code.number, str(course.code)


def _plan(
    case: PlanningCase,
    found: tuple[Candidate, ...],
    chosen: list[Bundle],
    open_bundles: tuple[Bundle, ...],
    search: Search,
) -> Plan:
    held = [course for course in case.courses.values() if case.has(course)]
    after = progress(case.programme, [*held, *(bundle.course for bundle in chosen)])
    leads = {candidate.course.course_id: candidate.leads_to for candidate in found}

    def planned(bundle: Bundle) -> PlannedCourse:
        serves = tuple(s.requirement.name for s in after if bundle.course in s.courses)
        others = _alternatives(bundle, chosen, open_bundles)
        return PlannedCourse(bundle, serves, leads.get(bundle.course.course_id, ()), others)

    terms = tuple(
        PlannedTerm(
            dates,
            case.taken_in(dates.term),
            tuple(planned(bundle) for bundle in _by_code(chosen) if bundle.term == dates.term),
            case.limit(dates.term),
        )
        for dates in case.terms
    )
    return Plan(terms, after, _notes(case, terms), search.proven, search.spent)


def _by_code(bundles: list[Bundle]) -> list[Bundle]:
    return sorted(bundles, key=lambda bundle: bundle.course.code)


def _alternatives(
    bundle: Bundle, chosen: list[Bundle], open_bundles: tuple[Bundle, ...]
) -> tuple[Bundle, ...]:
    """Other ways of taking the course in that term beside everything else that is planned."""
    others = [other for other in chosen if other.term == bundle.term and other != bundle]
    return tuple(
        way
        for way in open_bundles
        if way.course.course_id == bundle.course.course_id
        and way.term == bundle.term
        and way.key != bundle.key
        and not any(clash(way.meetings, other.meetings) for other in others)
    )


def _notes(case: PlanningCase, terms: tuple[PlannedTerm, ...]) -> tuple[Obstacle, ...]:
    """What stops enrolling, once: it is the same for every course of a term."""
    noted: dict[Obstacle, None] = {}
    for term in terms:
        for planned in term.courses[:1]:
            for fact in against_enrolling(planned.bundle.course, term.dates, case):
                noted[replace(fact, code="")] = None
    return tuple(noted)
