"""The card of style transfer."""

from skills.protocol import InputKind, SkillCard

STYLE_TRANSFER = SkillCard(
    "style_transfer",
    "Neural style transfer",
    2,
    "paints your picture in the style of a painting",
    ("style transfer", "art generation", "paint my picture", "painting style", "gram matrix"),
    InputKind.IMAGE,
    at_most=2,
    asks="a picture to paint and, if you like, a painting to take the style from",
    usual_seconds=30.0,
    most_seconds=180.0,
)
CARDS = {"skills.style.skill": STYLE_TRANSFER}
