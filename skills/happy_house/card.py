"""The card of the Happy House."""

from skills.protocol import InputKind, SkillCard

HAPPY_HOUSE = SkillCard(
    "happy_house",
    "The Happy House",
    1,
    "decides from a drawn face whether a door for happy people opens",
    ("happy house", "happy", "smile", "door camera", "happy or sad", "smile detector"),
    InputKind.IMAGE,
    asks="a face (a drawn one: it knows no others)",
)
CARDS = {"skills.happy_house.skill": HAPPY_HOUSE}
