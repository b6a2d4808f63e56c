"""The next item, one item, and taking the last rating back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import RedirectResponse, Response

from bot.evaluation.errors import UnknownItem
from bot.evaluation.model import SCORES, Item
from bot.evaluation.storage.store import RatingStore
from bot.web.forms import Form, FormIncomplete
from bot.web.review.desk import Filled, Rater, Visitor

routes = APIRouter()
Number = Annotated[int, Path(ge=0, lt=10**9)]


def opened(request: Request) -> RatingStore:
    """The store of this app."""
    store: RatingStore = request.app.state.store
    return store


Store = Annotated[RatingStore, Depends(opened)]


@routes.get("/")
def following(rater: Rater, store: Store) -> Response:
    """Go to the item that comes next, or say that all are done."""
    item_id = store.following(rater.name)
    if item_id is not None:
        return RedirectResponse(f"{rater.desk.path}/items/{item_id}", 303)
    return rater.page("rating/done.html", **frame(rater, store))


@routes.get("/items/{item_id}")
def show(rater: Rater, store: Store, item_id: Number, undone: int = 0) -> Response:
    """An item; with what this rater has said about it, or has just taken back."""
    item = store.item(item_id)
    before = store.latest(rater.name, item_id)
    filled = before.scores if before else _undone(rater, store, item_id, undone)
    return _page(rater, store, item, filled, rated=before is not None, undone=undone > 0)


@routes.post("/items/{item_id}")
def rate(rater: Rater, store: Store, form: Filled, item_id: Number) -> Response:
    """Keep the scores; nothing is kept before there is one for every reply."""
    item = store.item(item_id)
    scores = _scores(form, item.shown_to(rater.name))
    if len(scores) < len(item.candidates):
        return _page(rater, store, item, scores, status=422, missing=True)
    rating_id = store.rate(rater.name, item_id, form.form_id, scores)
    rating = store.rating(rater.name, rating_id)
    ask = rating.preference is None and rating.best_pair(item.seed) is not None
    return RedirectResponse(f"{rater.desk.path}/{f'pairs/{rating_id}' if ask else ''}", 303)


@routes.post("/undo")
def undo(rater: Rater, store: Store, form: Filled) -> Response:
    """Take the rating back that the form names, and show its item again."""
    rating_id = form.number("rating")
    item_id = store.withdraw(rater.name, rating_id)
    return RedirectResponse(f"{rater.desk.path}/items/{item_id}?undone={rating_id}", 303)


def frame(rater: Visitor, store: RatingStore) -> dict[str, Any]:
    """What every page shows: how far one is, and what may be taken back."""
    return {"progress": store.progress(rater.name), "last": store.latest(rater.name)}


def _page(
    rater: Visitor,
    store: RatingStore,
    item: Item,
    filled: Mapping[int, int],
    status: int = 200,
    **told: bool,
) -> Response:
    notes = {"rated": False, "undone": False, "missing": False, **told}
    shown = item.shown_to(rater.name)
    facts = {"item": shown, "filled": filled, "scores": SCORES, **notes, **frame(rater, store)}
    return rater.page("rating/item.html", status, **facts)


def _scores(form: Form, shown: Item) -> dict[int, int]:
    """The scores that were given, in the order shown; raise FormIncomplete for other words."""
    names = {each.candidate_id: f"score-{each.candidate_id}" for each in shown.candidates}
    given = {each: name for each, name in names.items() if form.text(name, "")}
    scores = {each: form.number(name) for each, name in given.items()}
    if any(score not in SCORES for score in scores.values()):
        raise FormIncomplete("score")
    return scores


def _undone(rater: Visitor, store: RatingStore, item_id: int, rating_id: int) -> Mapping[int, int]:
    """The scores just taken back; none when that rating is of another item or rater."""
    try:
        rating = store.rating(rater.name, rating_id)
    except UnknownItem:
        return {}
    return rating.scores if rating.item_id == item_id else {}
