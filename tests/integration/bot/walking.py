"""Ways to every state of a dialogue and a message of every intent: what walks are made of."""

from __future__ import annotations

from bot.dialogue.acts import Act
from bot.dialogue.state import Ask
from bot.dialogue.turn import Mention
from bot.policy.simulator.values import Utterance


def said(text: str, intent: str, *spans: str) -> Utterance:
    """`spans` are "slot=text" or "slot:role=text", in the order of the text."""
    mentions, place = [], 0
    for span in spans:
        label, _, words = span.partition("=")
        slot, _, role = label.partition(":")
        place = text.index(words, place)
        mentions.append(Mention(slot, words, place, role or None))
        place += len(words)
    return Utterance(text, intent, tuple(mentions))


WINTER = ("quarter=winter", "year=2019")
ENROLLED = said("enroll me in CS106A for winter 2019", "enroll", "code=CS106A", *WINTER)
WISH = said("enroll me in CS106A", "enroll", "code=CS106A")
MUMBLE = said("blargh zork", "other")

# One message for each intent, about classes that none of the ways below speaks of.
MESSAGES = {
    "enroll": said("enroll me in CS109", "enroll", "code=CS109"),
    "drop": said("drop CS109", "drop", "code=CS109"),
    "swap": said("swap CS109 for CS103", "swap", "code:drop=CS109", "code:add=CS103"),
    "inform": said("what is CS109 about?", "inform", "code=CS109", "attribute=about"),
    "my_schedule": said("what am I in?", "my_schedule"),
    "answer": said("spring 2019", "answer", "quarter=spring", "year=2019"),
    "affirm": said("yes", "affirm"),
    "deny": said("no", "deny"),
    "cancel": said("never mind", "cancel"),
    "greet": said("hello", "greet"),
    "goodbye": said("bye", "goodbye"),
    "thank": said("thanks", "thank"),
    "help": said("what can you do?", "help"),
    "handoff": said("a person please", "handoff"),
    "skill": said("what can I try?", "skill"),
    "lecture_question": said("what is dropout?", "lecture_question"),
    "other": said("what is my GPA?", "other"),
}

# The way to each state, and the question that is open there.
WAYS: dict[str, tuple[list[Utterance], Ask | None]] = {
    "nothing yet": ([], None),
    "greeted": ([said("hi", "greet")], None),
    "which class": ([said("enroll me", "enroll")], Ask.CLASS),
    "which to drop": (
        [
            said(
                "enroll me in PHIL2 and SOC2 for winter 2019",
                "enroll",
                "code=PHIL2",
                "code=SOC2",
                "quarter=winter",
                "year=2019",
            ),
            said("hello", "greet"),
            said("drop a class", "drop"),
        ],
        Ask.CLASS,
    ),
    "which to give up": ([said("swap into CS106B", "swap", "code:add=CS106B")], Ask.CLASS),
    "which quarter": ([WISH], Ask.QUARTER),
    "which quarter of two classes": (
        [said("enroll me in CS106A and CS230", "enroll", "code=CS106A", "code=CS230")],
        Ask.QUARTER,
    ),
    "which quarter, not understood": ([WISH, MUMBLE], Ask.QUARTER),
    "which year": (
        [said("enroll me in CS106A for winter", "enroll", "code=CS106A", "quarter=winter")],
        Ask.YEAR,
    ),
    "which section": (
        [said("enroll me in ECON1 for winter 2019", "enroll", "code=ECON1", *WINTER)],
        Ask.CHOICE,
    ),
    "which of two titles": (
        [said("enroll me in machine learning", "enroll", "title=machine learning")],
        Ask.CHOICE,
    ),
    "shall I": (
        [said("CS106A next winter", "enroll", "code=CS106A", "quarter=next winter")],
        Ask.CONFIRM,
    ),
    "onto the waitlist": (
        [
            said(
                "enroll me in ENGLISH160 for spring 2019",
                "enroll",
                "code=ENGLISH160",
                "quarter=spring",
                "year=2019",
            )
        ],
        Ask.CONFIRM,
    ),
    "undo it": ([ENROLLED, MESSAGES["cancel"]], Ask.CONFIRM),
    "enrolled": ([ENROLLED], None),
    "dropped": ([ENROLLED, said("drop CS106A", "drop", "code=CS106A")], None),
    "refused": (
        [
            said(
                "enroll me in CS106A for autumn 2026",
                "enroll",
                "code=CS106A",
                "quarter=autumn",
                "year=2026",
            )
        ],
        None,
    ),
    "a list": (
        [said("philosophy in winter 2019", "inform", "subject=philosophy", *WINTER)],
        None,
    ),
    "a class": ([said("tell me about CS106A", "inform", "code=CS106A")], None),
    "a lecture": ([said("what is a triplet loss?", "lecture_question")], None),
    "handed over": ([WISH, MUMBLE, MUMBLE, MUMBLE], Ask.QUARTER),
}

_DONE = {Act.CANCELLED}
_DEEDS = {Act.ENROLL, Act.DROP, Act.SWAP, Act.UNDO}
# Which first acts fit an intent where nothing is open.
FITS: dict[str, set[Act]] = {
    "enroll": {Act.ASK_QUARTER, Act.ENROLL, Act.CONFIRM},
    "drop": {Act.DROP, Act.CONFIRM},
    "swap": {Act.SWAP},
    "inform": {Act.COURSE},
    "my_schedule": {Act.SCHEDULE},
    "answer": {Act.SEARCH, Act.COURSE, Act.NOTHING_OPEN},
    "affirm": {Act.NOTHING_OPEN},
    "deny": {Act.NOTHING_OPEN},
    "cancel": {Act.NOTHING_OPEN, Act.NOTHING_TO_CANCEL, Act.CONFIRM},
    "greet": {Act.GREET},
    "goodbye": {Act.GOODBYE},
    "thank": {Act.THANKS},
    "help": {Act.HELP},
    "handoff": {Act.HANDOFF},
    "skill": {Act.SKILL},
    "lecture_question": {Act.LECTURE},
    "other": {Act.OTHER, Act.HAND_OVER},
}
# And where a question is open, as far as that makes another act fit.
FITS_OPEN: dict[Ask, dict[str, set[Act]]] = {
    Ask.CLASS: {
        "answer": {Act.ASK_CLASS},
        "drop": {Act.DROP, Act.SWAP},  # "drop CS109" says which class goes
        "affirm": {Act.UNCLEAR},
    },
    Ask.QUARTER: {"answer": {Act.ENROLL}, "affirm": {Act.UNCLEAR, Act.HAND_OVER}},
    Ask.YEAR: {"answer": {Act.ENROLL}, "affirm": {Act.ENROLL}},  # there is but one year
    Ask.CHOICE: {"answer": {Act.ENROLL, Act.ASK_CHOICE}, "affirm": {Act.UNCLEAR}},
    Ask.CONFIRM: {"answer": {Act.ENROLL, Act.SWAP, Act.UNCLEAR}, "affirm": _DEEDS},
}
_EVERY_QUESTION = {
    "deny": _DONE | {Act.ASK_CLASS, Act.ASK_YEAR},
    "cancel": _DONE,
    "other": {Act.UNCLEAR, Act.HAND_OVER},
}
# And what the way there makes fit: "spring 2019" after a refusal is the same wish then.
_FITS_AT = {("refused", "answer"): {Act.ENROLL}}
# Answered in between: the open question comes back behind it, in other words.
DIGRESSIONS = {"inform", "my_schedule", "greet", "thank", "help", "skill", "lecture_question"}
# Whatever is open, these never touch the record.
HARMLESS = DIGRESSIONS | {"goodbye", "handoff", "other", "deny"}


def fitting(way: str, intent: str) -> set[Act]:
    """The first acts that fit a message of this intent after that way."""
    _, question = WAYS[way]
    if (way, intent) in _FITS_AT:
        return _FITS_AT[way, intent]
    if question is None:
        return FITS[intent]
    special = {**_EVERY_QUESTION, **FITS_OPEN[question]}
    return special.get(intent, FITS[intent])
