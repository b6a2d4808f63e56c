"""The Home tab: the student's classes as Axess has them, and what can be done from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.channels.slack.blocks.cards import PAGE
from bot.channels.slack.blocks.choices import SAY
from bot.channels.slack.blocks.elements import (
    DIVIDER,
    Block,
    actions,
    button,
    context,
    header,
    link,
    marked,
    openable,
    sections,
)  # fmt: skip
from bot.channels.slack.blocks.wording import bold, clean, escape, shorten
from bot.channels.slack.blocks.words import units, word
from knowledge.model.terms import Quarter

HOME = "home"  # the view's callback id
OPEN_FORM = "enroll_form"  # the door opens the form for enrolling
NOTES_ON, NOTES_OFF = "notes:on", "notes:off"
UNLINK = "unlink"  # the door forgets who the Slack user is at the university
_MOST_BLOCKS = 80  # of classes; with the rows around them under 100
_TITLE = 300
Enrollment = Mapping[str, Any]


@dataclass(frozen=True)
class HomeTab:
    """What the Home tab shows.

    Attributes:
        linked: whether the Slack user is known as a student.
        enrollments: as Axess tells them; None when it does not answer.
        notes: whether notes are on; None hides the switch.
    """

    linked: bool
    enrollments: Sequence[Enrollment] | None = ()
    name: str = ""
    notes: bool | None = None
    sign_in_address: str = ""
    timetable_address: str = ""


def home(tab: HomeTab) -> dict[str, Any]:
    """The view for views.publish."""
    blocks = _linked(tab) if tab.linked else _unlinked(tab)
    return {"type": "home", "callback_id": HOME, "blocks": blocks}


def _unlinked(tab: HomeTab) -> list[Block]:
    blocks = [header(word("home_head")), *sections(word("home_unlinked"))]
    if openable(tab.sign_in_address):
        blocks.append(actions([link(word("home_sign_in"), PAGE, tab.sign_in_address)]))
    return blocks


def _linked(tab: HomeTab) -> list[Block]:
    name = shorten(clean(tab.name), _TITLE)
    hello = word("home_hello", name=name) if name else word("home_hello_nameless")
    return [
        header(word("home_head")),
        *sections(hello),
        *_classes(tab.enrollments),
        DIVIDER,
        actions(_doing(tab)),
        *_notes(tab.notes),
    ]


def _classes(enrollments: Sequence[Enrollment] | None) -> list[Block]:
    if enrollments is None:
        return sections(word("home_away"))
    if not enrollments:
        return sections(word("home_empty"))
    blocks: list[Block] = []
    shown = 0
    for (_, quarter, year), of_term in groupby(sorted(enrollments, key=_when), key=_term):
        held = list(of_term)[: max(0, _MOST_BLOCKS - len(blocks))]
        if not held:
            break
        blocks += _term_blocks(quarter, year, held)
        shown += len(held)
    left = len(enrollments) - shown
    return [*blocks, *(sections(word("home_more", count=left)) if left else [])]


def _term_blocks(quarter: str, year: int, of_term: list[Enrollment]) -> list[Block]:
    taken = sum(int(e.get("units") or 0) for e in of_term if e.get("status") != "waitlisted")
    named = word("home_term", quarter=quarter, year=year, units=units(taken))
    return [DIVIDER, header(named), *(_class(enrollment) for enrollment in of_term)]


def _class(enrollment: Enrollment) -> Block:
    """One class with a button that drops it: what it says names class and term."""
    code, title = clean(enrollment.get("code")), shorten(clean(enrollment.get("title")), _TITLE)
    waiting = enrollment.get("status") == "waitlisted"
    says = word("home_drop_say", code=code, quarter=enrollment["quarter"], year=enrollment["year"])
    button_title = word("home_leave" if waiting else "home_drop")
    return {
        "type": "section",
        "text": marked(f"{bold(code)} {escape(title)}\n{escape(_details(enrollment))}"),
        "accessory": button(button_title, f"{SAY}drop", says),
    }


def _details(enrollment: Enrollment) -> str:
    position = enrollment.get("position")
    facts = {
        "units": units(enrollment.get("units", "")),
        "grading": _grading(str(enrollment.get("grading") or "")),
        "position": position,
    }
    if enrollment.get("status") != "waitlisted":
        return word("home_class", **facts)
    return word("home_waiting_unknown" if position is None else "home_waiting", **facts)


def _grading(basis: str) -> str:
    known = basis in {"letter", "credit", "satisfactory"}
    return word(f"grading_{basis}").lower() if known else clean(basis)


def _doing(tab: HomeTab) -> list[Block]:
    elements = [button(word("home_enroll"), OPEN_FORM, OPEN_FORM, style="primary")]
    if openable(tab.timetable_address):
        elements.append(link(word("home_timetable"), PAGE, tab.timetable_address))
    if tab.notes is not None:
        on = tab.notes
        title = word("home_notes_off" if on else "home_notes_on")
        elements.append(button(title, NOTES_OFF if on else NOTES_ON, "notes"))
    return [*elements, button(word("home_unlink"), UNLINK, UNLINK)]


def _notes(on: bool | None) -> list[Block]:
    if on is None:
        return []
    return [context(word("home_notes_are_on" if on else "home_notes_are_off"))]


def _term(enrollment: Enrollment) -> tuple[tuple[int, int], str, int]:
    """The term of a class, which sorts by when it begins."""
    quarter, year = str(enrollment["quarter"]), int(enrollment["year"])
    begins = Quarter(quarter).ordinal if quarter in set(Quarter) else 0
    return (year - (begins != 0), begins), quarter, year


def _when(enrollment: Enrollment) -> tuple[Any, ...]:
    return (*_term(enrollment), clean(enrollment.get("code")))
