"""The card of the price from a picture."""

from skills.protocol import InputKind, SkillCard

PICTURE_PRICE = SkillCard(
    "picture_price",
    "Price from a picture",
    1,
    "guesses the price of a drawn bicycle and shows which part of it adds how much",
    (
        "price from a picture",
        "price of a bike",
        "bike price",
        "bicycle price",
        "bicycle",
        "attribution",
    ),
    InputKind.IMAGE,
    asks="a side view of a drawn bicycle",
)
CARDS = {"skills.picture_price.skill": PICTURE_PRICE}
