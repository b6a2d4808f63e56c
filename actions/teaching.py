"""What CS230's lectures taught."""

from __future__ import annotations

from actions.context import Exchange


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
