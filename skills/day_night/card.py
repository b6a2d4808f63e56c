"""The card of day/night."""

from skills.protocol import InputKind, SkillCard

DAY_NIGHT = SkillCard(
    "day_night",
    "Day or night",
    2,
    "tells from a photo whether it was taken by day or by night",
    ("day night", "day/night", "day and night classifier", "day night photos", "photo"),
    InputKind.IMAGE,
    asks="a photo of a place, by day or by night",
)
CARDS = {"skills.day_night.skill": DAY_NIGHT}
