"""The knowledge graph's answers as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge.catalogue.graph.advisor import Advisor
from knowledge.catalogue.graph.after import Follower
from knowledge.catalogue.graph.before import Before, Step, as_json, steps
from knowledge.catalogue.graph.following import Suggestion
from knowledge.catalogue.graph.habits import Attribute
from knowledge.catalogue.graph.question import Question
from knowledge.catalogue.graph.route import Route
from knowledge.catalogue.graph.standing import Standing
from knowledge.model.codes import CourseCode
from knowledge.model.courses import Course, Department
from knowledge.model.prerequisites import Both, Prerequisite, codes
from knowledge.model.terms import Term

Terms = tuple[Term, ...]


def named(course: Course) -> dict[str, Any]:
    """A course by code and title."""
    return {"code": str(course.code), "title": course.title}


def terms(found: Terms) -> list[dict[str, Any]]:
    """Terms in order."""
    return [{"quarter": term.quarter.value, "year": term.year} for term in found]


def before(advisor: Advisor, answer: Before, standing: Standing) -> dict[str, Any]:
    """The tree, the course's own conditions one by one, and the shortest way."""
    tree = answer.course.prerequisites
    parts = tree.parts if isinstance(tree, Both) else (tree,) if tree is not None else ()
    return {
        **named(answer.course),
        "prerequisites": str(tree) if tree is not None else "",
        "tree": as_json(answer.tree),
        "conditions": [_condition(part, standing) for part in parts],
        "deeper": _deeper(advisor, answer),
        "have": [str(code) for code in answer.have],
        "missing": str(answer.missing) if answer.missing is not None else "",
        "route": _route(advisor, answer.route),
    }


def _condition(part: Prerequisite, standing: Standing) -> dict[str, Any]:
    by = [] if standing.all_met else [c for c in dict.fromkeys(codes(part)) if c in standing.codes]
    return {"text": str(part), "met": standing.meets(part), "by": [str(code) for code in by]}


def _deeper(advisor: Advisor, answer: Before) -> list[dict[str, Any]]:
    """What the courses that are not done need themselves, those next to the top first."""
    open_steps = [step for step in steps(answer.tree) if step.needs is not None]
    return [_needing(advisor, step) for step in open_steps]


def _needing(advisor: Advisor, step: Step) -> dict[str, Any]:
    course = advisor.course(str(step.code))
    return {"code": str(step.code), "title": step.title, "needs": str(course.prerequisites)}


def _route(advisor: Advisor, route: Route | None) -> dict[str, Any] | None:
    if route is None:
        return None
    return {
        "courses": route.courses,
        "quarters": [[_titled(advisor, code) for code in quarter] for quarter in route.quarters],
        "consents": [str(code) for code in route.consents],
        "shortest": route.shortest,
    }


def _titled(advisor: Advisor, code: CourseCode) -> dict[str, Any]:
    course = advisor.snapshot.by_code.get(str(code))
    return {"code": str(code), "title": course.title if course is not None else ""}


def follower(found: Follower, coming: Terms) -> dict[str, Any]:
    """A course that another one opens or brings closer."""
    still = str(found.still) if found.still is not None else ""
    return {**named(found.course), "still": still, "terms": terms(coming)}


def suggestion(found: Suggestion, coming: Terms) -> dict[str, Any]:
    """A course to take next, with the reasons for it."""
    return {
        **named(found.course),
        "score": round(found.score, 6),
        "builds_on": found.builds_on,
        "topics": list(found.topics),
        "still": str(found.still) if found.still is not None else "",
        "terms": terms(coming),
    }


def question(departments: Iterable[Department], asked: Question) -> dict[str, Any]:
    """An attribute to ask for with its likeliest values, in bits."""
    names = {department.code: department.name for department in departments}
    subject = asked.attribute is Attribute.SUBJECT
    return {
        "attribute": asked.attribute.value,
        "gain": round(asked.gain, 4),
        "answered": round(asked.answered, 4),
        "expected": round(asked.expected, 4),
        "others": asked.others,
        "choices": [
            {
                "value": choice.value,
                "label": names.get(choice.value, choice.value) if subject else choice.value,
                "count": choice.count,
                "probability": round(choice.probability, 4),
            }
            for choice in asked.choices
        ],
    }
