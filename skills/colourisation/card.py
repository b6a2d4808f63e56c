"""The card of colourisation."""

from skills.protocol import InputKind, SkillCard

COLOURISATION = SkillCard(
    "colourisation",
    "Colour for black-and-white pictures",
    1,
    "turns a picture grey and gives it colours again, which it guesses from the shapes alone",
    (
        "colourise", "colorize", "colorization", "colour a photo", "color a photo",
        "black and white", "black-and-white photo", "colourising", "colorizing", "old film",
    ),
    InputKind.IMAGE,
    asks="a picture, grey or in colour (its colours are taken away first)",
)  # fmt: skip
CARDS = {"skills.colourisation.skill": COLOURISATION}
