"""The cards of style transfer, by optimisation and at once."""

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
FAST_STYLE_TRANSFER = SkillCard(
    "fast_style_transfer",
    "Fast style transfer",
    2,
    "paints your picture at once, in one of three styles that networks have learnt",
    ("fast style", "instant style transfer", "one style network", "feed-forward style transfer"),
    InputKind.IMAGE,
    asks="a picture to paint",
    usual_seconds=3.0,
)
CARDS = {
    "skills.style.skill": STYLE_TRANSFER,
    "skills.style.fast_skill": FAST_STYLE_TRANSFER,
}
