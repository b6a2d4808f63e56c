"""Where two people differ, an admin reads both labels, without names, and decides."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from bot.labelling.checking import placed, read_label
from bot.web.admin.once import acted_once
from bot.web.label.room import Adjudicator, ItemId, Room, Services, item_facts
from bot.web.review.desk import Filled, Visitor
from knowledge.errors import LabelRefused
from knowledge.model.labelling import Act, LabelItem, Reading, State
from knowledge.storage.label_work import LabelWork
from knowledge.storage.unit_of_work import Work

routes = APIRouter(prefix="/adjudicate")


@routes.get("")
def following(admin: Adjudicator, room: Services) -> Response:
    """The oldest item on which people differ."""
    with room.units.read() as work:
        disputed = LabelWork(work.session).items(State.DISPUTED)
    if not disputed:
        return admin.page("label/settled.html", admin=True)
    return _page(admin, room, disputed[0].item_id, len(disputed))


@routes.post("/{item_id}")
def settle(admin: Adjudicator, room: Services, form: Filled, item_id: ItemId) -> Response:
    """Keep the decision and go on to the next item."""

    def act(work: Work) -> str:
        labels = LabelWork(work.session)
        text = labels.item(item_id).text
        reading = read_label(text, form.text("intent"), form.text("spans"))
        labels.say(item_id, admin.name, Act.SETTLE, reading)
        return "/label/adjudicate"

    try:
        return acted_once(room.units, admin.name, form, act)
    except LabelRefused as error:
        return _page(admin, room, item_id, 1, error.faults)


def _page(
    admin: Visitor, room: Room, item_id: int, waiting: int, faults: list[str] | None = None
) -> Response:
    with room.units.read() as work:
        item = LabelWork(work.session).item(item_id)
        context = LabelWork(work.session).context(item_id)
    readings = list(dict.fromkeys(given.reading for given in item.latest.values()))
    start = item.settlement or (readings[0] if readings else item.prelabel)
    facts = item_facts(item, context, start)
    shown = [_shown(item, reading) for reading in readings]
    told: dict[str, Any] = {"waiting": waiting, "faults": faults or [], "admin": True}
    return admin.page("label/adjudicate.html", 422 if faults else 200, **facts, **told, both=shown)


def _shown(item: LabelItem, reading: Reading) -> dict[str, Any]:
    spans = [(item.text[start:end], label) for start, end, label in reading.spans]
    return {"intent": reading.intent, "spans": spans, "placed": placed(item.text, reading)}
