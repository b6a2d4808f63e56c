"""What CS230's lectures taught, and the lecture systems to try."""

from __future__ import annotations

from actions.context import Exchange
from actions.skill_jobs import Job, SkillCard, SkillRefused
from actions.skill_words import failure, lasting


async def lecture(exchange: Exchange) -> None:
    """The entry that means the same as the question, or that the lectures do not say."""
    question = str(exchange.state.args.get("question") or "")
    found = await exchange.services.lectures.find(question)
    if found is None:
        exchange.services.questions.unanswered("lecture", question)
        exchange.say("utter_lectures_do_not_say")
    elif found.lecture == 0:
        exchange.say("utter_lecture_logistics", answer=found.answer)
    else:
        exchange.say("utter_lecture_answer", answer=found.answer, lecture=found.lecture)


async def skill(exchange: Exchange) -> None:
    """List the skills, or start one and show its answer as soon as it is there."""
    named = str(exchange.state.args.get("skill") or "")
    skills = exchange.services.skills
    listed = await skills.listed()
    if not named:
        lines = "\n".join(
            exchange.part("utter_part_skill", name=item.name, sentence=item.sentence)
            for item in listed
        )
        exchange.say("utter_skills", [f"run {item.name}" for item in listed], list=lines)
        return
    match = skills.match(named, listed)
    if match is None:
        names = ", ".join(item.name for item in listed)
        exchange.say("utter_unknown_skill", said=named, names=names)
        return
    try:
        upload, conversation = exchange.client.get("upload"), exchange.tracker.sender_id
        job = await skills.start(match.name, upload, conversation)
    except SkillRefused as refused:
        _failed(exchange, match, refused.slug)
        return
    _show(exchange, match, job)


def _show(exchange: Exchange, card: SkillCard, job: Job) -> None:
    if job.state == "done":
        exchange.dispatcher.utter_message(text=job.text, image=None)
        for picture in job.pictures:
            exchange.dispatcher.utter_message(image=picture)
    elif job.state == "failed":
        _failed(exchange, card, job.error)
    else:
        usual = lasting(exchange.services.texts, job.usual_seconds)
        exchange.say("utter_skill_started", skill=card.title, usual=usual)


def _failed(exchange: Exchange, card: SkillCard, slug: str) -> None:
    text, buttons = failure(exchange.services.texts, card.title, card.name, slug)
    exchange.tell(text, buttons)
