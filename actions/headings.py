"""What a list was searched by, in the student's own terms, and why a course is on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from knowledge.clients.values import CourseView, RelaxationView

Query = dict[str, Any]
Part = Callable[..., str]


def heading(part: Part, query: Query) -> str:
    """What was searched for: "undergraduate history, Spring 2019"."""
    named = conditions(part, query)
    if not named and query.get("text"):
        return f'"{query["text"]}"'  # nothing was tagged: the words themselves were looked for
    return ", ".join(named) or part("utter_part_anything")


def conditions(part: Part, query: Query) -> list[str]:
    """Every condition and topic, one by one."""
    kind = " ".join(
        [query.get("level", ""), *query.get("subjects", ()), *query.get("topics", ())]
    ).strip()
    named = [kind, *_numbers(query), _term(query), *query.get("requirements", ())]
    named += [part("utter_part_without", what=what) for what in query.get("not_subjects", ())]
    named += query.get("tagged", [])
    if query.get("not_tagged"):
        named.append(part("utter_part_other_topics"))
    named += query.get("days", [])
    named += [part("utter_part_not_day", day=day) for day in query.get("not_days", ())]
    named += [_avoided(part, avoided) for avoided in query.get("avoided", ())]
    named += _units(part, query)
    named += query.get("instructors", [])
    if query.get("no_prerequisites"):
        named.append(part("utter_part_no_prerequisites"))
    if query.get("grading"):
        named.append(part("utter_part_graded", grading=query["grading"]))
    named += _hours(part, query)
    return [name for name in named if name]


def _numbers(query: Query) -> list[str]:
    return [f"{low}-{high}" for low, high in [query["numbers"]]] if "numbers" in query else []


def _term(query: Query) -> str:
    year = str(query.get("year") or "")
    if "academic_start" in query:
        start = query["academic_start"]
        year = f"{start}-{(start + 1) % 100:02d}"
    return f"{' or '.join(query.get('quarters', ()))} {year}".strip()


def _units(part: Part, query: Query) -> list[str]:
    if "units" not in query:
        return []
    low, high = query["units"]
    if high >= 30:
        return [part("utter_part_units_least", units=low)]
    return [part("utter_part_units", units=low if low == high else f"{low}-{high}")]


def _avoided(part: Part, avoided: dict[str, Any]) -> str:
    hours = " ".join(_hours(part, avoided, "avoid_"))
    return part("utter_part_not_hours", days=" ".join(avoided["days"]), hours=hours)


def _hours(part: Part, query: Query, kind: str = "") -> list[str]:
    return [
        part(f"utter_part_{kind}{key}", time="{}:{:02d}".format(*divmod(query[key], 60)))
        for key in ("earliest", "latest")
        if query.get(key) is not None
    ]


def why(part: Part, course: CourseView) -> str:
    """What of the topic a course holds, or that it only comes near in meaning; empty without."""
    if course.words:
        return part("utter_part_by_words", words=", ".join(course.words))
    return part("utter_part_by_meaning") if course.meaning is not None else ""


def ways_out(part: Part, relaxations: tuple[RelaxationView, ...]) -> str:
    """Which conditions to give up, and how many courses there would be then; empty without."""
    return "\n".join(
        part(
            "utter_part_way_out",
            conditions=part("utter_part_joint").join(
                part(f"utter_part_condition_{name}") for name in relaxed.conditions
            ),
            total=relaxed.total,
        )
        for relaxed in relaxations
    )
