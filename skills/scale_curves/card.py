"""The card of the scale curves."""

from skills.protocol import SkillCard

SCALE_CURVES = SkillCard(
    "scale_curves",
    "Scale curves",
    1,
    "plots how logistic regression and a small, a medium and a large network gain from more data",
    (
        "scale curve",
        "scaling curve",
        "learning curve",
        "learning curves",
        "more data",
        "amount of data",
        "how much data",
        "why deep learning took off",
        "scale drives deep learning",
        "base error rate",
    ),
    usual_seconds=6.0,
)
CARDS = {"skills.scale_curves.skill": SCALE_CURVES}
