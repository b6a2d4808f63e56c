"""One utterance at a time: shown with the model's reading, corrected, confirmed or skipped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from bot.labelling.checking import MISPLACED, UNREADABLE, read_label
from bot.web.admin.once import acted_once
from bot.web.forms import Form, FormIncomplete
from bot.web.label.room import Admin, ItemId, Room, Services, item_facts
from bot.web.review.desk import Filled, Rater, Visitor
from knowledge.errors import LabelRefused, NotGiven
from knowledge.model.labelling import Act, LabelItem, Reading, State
from knowledge.storage.label_queue import LabelQueue
from knowledge.storage.label_work import LabelWork
from knowledge.storage.unit_of_work import Work

routes = APIRouter()
_ACTS = (Act.LABEL, Act.SKIP)
_UNDRAWABLE = {UNREADABLE, MISPLACED}


@routes.get("/")
def following(rater: Rater, room: Services, admin: Admin) -> Response:
    """The item that comes next for this person, or that there is none."""
    room.fresh.freshen()
    item_id = room.units.transact(lambda work: LabelWork(work.session).next_for(rater.name))
    if item_id is not None:
        return _page(rater, room, item_id, admin)
    with room.units.read() as work:
        told = _progress(work, rater.name)
    return rater.page("label/none.html", **told, admin=admin)


@routes.get("/items/{item_id}")
def again(rater: Rater, room: Services, admin: Admin, item_id: ItemId) -> Response:
    """An item that this person was given, to correct what they said of it."""
    return _page(rater, room, item_id, admin)


@routes.post("/items/{item_id}")
def say(rater: Rater, room: Services, admin: Admin, form: Filled, item_id: ItemId) -> Response:
    """Keep a label, or a skip, and go on to the next item."""
    kind = form.text("act")
    if kind not in _ACTS:
        raise FormIncomplete("act")

    def act(work: Work) -> str:
        labels = LabelWork(work.session)
        item = _given(labels, item_id, rater.name)
        reading = item.prelabel if kind == Act.SKIP else _read(item, form)
        labels.say(item_id, rater.name, Act(kind), reading)
        return "/label/"

    try:
        return acted_once(room.units, rater.name, form, act)
    except LabelRefused as error:
        return _page(rater, room, item_id, admin, Refused(form, error.faults))


@dataclass(frozen=True)
class Refused:
    """A form that broke the guide, to be drawn again as it was sent."""

    form: Form
    faults: list[str]

    def filled(self, reading: Reading) -> tuple[Reading, str | None]:
        """The reading with the intent that was sent, and the spans if the page can draw them."""
        drawable = not _UNDRAWABLE & {*self.faults}
        sent = self.form.text("spans") if drawable else None
        return replace(reading, intent=self.form.text("intent")), sent


def _read(item: LabelItem, form: Form) -> Reading:
    return read_label(item.text, form.text("intent"), form.text("spans"))


def _given(labels: LabelWork, item_id: int, annotator: str) -> LabelItem:
    """An item of this person; raise UnknownUtterance or NotGiven."""
    item = labels.item(item_id)
    if not labels.was_given(item_id, annotator):
        raise NotGiven(item_id)
    return item


def _page(
    rater: Visitor, room: Room, item_id: int, admin: bool, refused: Refused | None = None
) -> Response:
    with room.units.read() as work:
        labels = LabelWork(work.session)
        item = _given(labels, item_id, rater.name)
        context = labels.context(item_id)
        told = _progress(work, rater.name)
    own = item.latest.get(rater.name)
    reading, sent = (own.reading if own is not None else item.prelabel), None
    if refused is not None:
        reading, sent = refused.filled(reading)
    facts = item_facts(item, context, reading, sent)
    told |= {"admin": admin, "own": own is not None, "faults": refused.faults if refused else []}
    return rater.page("label/item.html", 422 if refused else 200, **facts, **told)


def _progress(work: Work, annotator: str) -> dict[str, Any]:
    labels, counts = LabelWork(work.session), LabelQueue(work.session).counts()
    return {
        "labelled": labels.labelled_by(annotator),
        "latest": labels.latest_of(annotator),
        "waiting": counts[State.OPEN],
        "disputed": counts[State.DISPUTED],
    }
