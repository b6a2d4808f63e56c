"""Two replies with the same, best score: which would one rather get?

Where the scores differ they tell the preference, and nobody is asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from bot.evaluation.errors import UnknownItem
from bot.evaluation.model import Preference
from bot.web.forms import FormIncomplete
from bot.web.rating.pages import Number, Store, frame
from bot.web.review.desk import Filled, Rater

routes = APIRouter(prefix="/pairs")


@routes.get("/{rating_id}")
def show(rater: Rater, store: Store, rating_id: Number) -> Response:
    """The conversation and the pair."""
    item, (first, second) = _pair(rater.name, store, rating_id)
    by_id = {each.candidate_id: each for each in item.candidates}
    shown = replace(item, candidates=(by_id[first], by_id[second]))
    facts: dict[str, Any] = {"item": shown, "rating_id": rating_id, **frame(rater, store)}
    return rater.page("rating/pair.html", **facts)


@routes.post("/{rating_id}")
def prefer(rater: Rater, store: Store, form: Filled, rating_id: Number) -> Response:
    """Keep the answer; the same click again changes nothing."""
    _, (first, second) = _pair(rater.name, store, rating_id)
    answers = {"first": first, "second": second, "neither": None}
    choice = form.text("choice")
    if choice not in answers:
        raise FormIncomplete("choice")
    store.prefer(rater.name, rating_id, Preference(first, second, answers[choice]))
    return RedirectResponse(f"{rater.desk.path}/", 303)


def _pair(rater: str, store: Store, rating_id: int) -> Any:
    """The rated item, and the best pair of the rating; raise UnknownItem where none is."""
    rating = store.rating(rater, rating_id)
    item = store.item(rating.item_id)
    pair = rating.best_pair(item.seed)
    if pair is None:
        raise UnknownItem(rating_id)
    return item, pair
