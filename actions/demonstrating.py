"""Lecture demos in the chat: ask for what one needs, run it, stop it, list what there is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.context import Exchange
from actions.skill_jobs import Job, SkillCard, SkillJobs, SkillRefused
from actions.skill_listing import choices, tell_list
from actions.skill_words import failure, lasting
from bot.dialogue.acts import Act
from bot.dialogue.demos import Demo
from bot.dialogue.state import DialogueState
from knowledge.errors import QuadError
from skills.errors import ImageTooLarge, InputMissing, NoFaceFound, NotAnImage, WrongNumberOfFiles

# After these another file is waited for, and tried at once.
_OTHER_FILE = frozenset(
    each.slug for each in (ImageTooLarge, InputMissing, NoFaceFound, NotAnImage, WrongNumberOfFiles)
)

_MOST_WORDS = 6  # of a demo's name
_IN_VAIN = frozenset({Act.OTHER, Act.NOTHING_OPEN, Act.NOTHING_TO_CANCEL})


async def skill(exchange: Exchange) -> None:
    """What the dialogue has settled on: stop, list, or the demo that is meant."""
    args = exchange.state.args
    if args.get("do") == "stop":
        await _stop(exchange)
        return
    listed = await exchange.services.skills.listed()
    found = _meant(exchange, args, listed)
    if len(found) == 1:
        await _begin(exchange, found[0])
    elif found:
        _keep_files(exchange)
        exchange.offer(exchange.part("utter_skill_several"), choices(found))
    elif args.get("uploads"):
        _ask_which(exchange, [card for card in listed if card.takes])
    elif args.get("skill"):
        suggested = [("what can I try?", "what can I try?")]
        exchange.offer(exchange.part("utter_unknown_skill", said=args["skill"]), suggested)
    else:
        tell_list(exchange, listed, args.get("lecture"))


async def demo_named(state: DialogueState, text: str, skills: SkillJobs) -> DialogueState:
    """What nothing else made sense of may be a demo's name: "Happy House", "goalkeeper"."""
    if state.act not in _IN_VAIN or len(text.split()) > _MOST_WORDS:
        return state
    try:
        listed = await skills.listed()
    except QuadError:  # what is not understood is told without the skills, too
        return state
    found = skills.named(text, listed)
    if not found:
        return state
    return replace(state, act=Act.SKILL, args={"said": text}, strikes=0)


def _meant(exchange: Exchange, args: dict[str, Any], listed: list[SkillCard]) -> list[SkillCard]:
    if args.get("exact"):
        return [card for card in listed if card.name == args["skill"]]
    if args.get("list"):
        return []
    match = exchange.services.skills.match
    tagged = args.get("skill", "")
    return match(args.get("said", ""), listed) or (match(tagged, listed) if tagged else [])


def _keep_files(exchange: Exchange, name: str = "", uploads: tuple[str, ...] | None = None) -> None:
    """The demo (or the files without one) waits in the state."""
    state = exchange.state
    kept = tuple(state.args.get("uploads", ())) if uploads is None else uploads
    waits = bool(name or kept)
    exchange.state = replace(state, demo=Demo(name, kept, state.turn) if waits else None)


def _ask_which(exchange: Exchange, taking: list[SkillCard]) -> None:
    """Files without a demo's name: those that take pictures are offered."""
    count = len(exchange.state.args["uploads"])
    fit = [card for card in taking if card.at_most >= count] or taking
    _keep_files(exchange)
    said = "utter_skill_picture_for" if count == 1 else "utter_skill_pictures_for"
    exchange.offer(exchange.part(said, count=count), choices(fit))


async def _begin(exchange: Exchange, card: SkillCard) -> None:
    """Run at once where nothing is missing; else ask for it in one sentence."""
    args = exchange.state.args
    uploads = tuple(args.get("uploads", ())) if card.takes and not args.get("sample") else ()
    if card.takes and not args.get("sample") and len(uploads) < card.at_least:
        _ask_for(exchange, card, uploads)
        return
    if card.takes and len(uploads) > card.at_most:
        _fail(exchange, card, WrongNumberOfFiles.slug, {
            "at_least": card.at_least, "at_most": card.at_most, "given": len(uploads),
        })  # fmt: skip
        return
    await _run(exchange, card, uploads)


def _ask_for(exchange: Exchange, card: SkillCard, uploads: tuple[str, ...]) -> None:
    _keep_files(exchange, card.name, uploads)
    facts = {"skill": card.title, "sentence": card.sentence, "asks": card.asks}
    missing = card.at_least - len(uploads)
    said = "utter_skill_asks"
    if uploads:
        said = "utter_skill_asks_one_more" if missing == 1 else "utter_skill_asks_more"
    text = exchange.part(said, **facts, count=len(uploads), missing=missing)
    label = exchange.part("utter_part_use_sample")
    exchange.offer(text, [(label, f"run {card.name} on its sample")])


async def _run(exchange: Exchange, card: SkillCard, uploads: tuple[str, ...]) -> None:
    state, skills = exchange.state, exchange.services.skills
    exchange.state = replace(state, demo=None)
    key = f"{state.message_id}:{card.name}"
    try:
        job = await skills.start(card.name, uploads, exchange.tracker.sender_id, key)
    except SkillRefused as refused:
        _fail(exchange, card, refused.slug, {})
        return
    _show(exchange, card, job)


def _show(exchange: Exchange, card: SkillCard, job: Job) -> None:
    if job.state == "done":
        exchange.dispatcher.utter_message(text=job.text, image=None)
        for picture in job.pictures:
            exchange.dispatcher.utter_message(image=picture)
    elif job.state == "failed":
        _fail(exchange, card, job.error, dict(job.facts))
    else:
        exchange.state = _running(exchange.state, card)
        usual = lasting(exchange.services.texts, job.usual_seconds)
        exchange.say("utter_skill_started", skill=card.title, usual=usual)


def _running(state: DialogueState, card: SkillCard) -> DialogueState:
    return replace(state, demo=Demo(card.name, (), state.turn, started=True))


def _fail(exchange: Exchange, card: SkillCard, slug: str, facts: dict[str, Any]) -> None:
    """Told kindly; where another file would do, the next one is for this demo."""
    if slug in _OTHER_FILE and card.takes:
        _keep_files(exchange, card.name, ())
    elif card.takes:
        _keep_files(exchange)  # for another try
    given = {"given": len(exchange.state.args.get("uploads", ())), **facts}
    text, buttons = failure(exchange.services.texts, card.title, card.name, slug, given)
    exchange.tell(text, buttons)


async def _stop(exchange: Exchange) -> None:
    skills = exchange.services.skills
    jobs = await skills.running(exchange.tracker.sender_id)
    titles = {card.name: card.title for card in await skills.listed()}
    for job in jobs:
        await skills.stop(job)
    names = ", ".join(dict.fromkeys(titles.get(job.name, job.name) for job in jobs))
    exchange.say("utter_skill_stopped" if jobs else "utter_skill_none_running", skill=names)
