"""The card of the linear adversarial example."""

from skills.protocol import SkillCard

LINEAR = SkillCard(
    "linear_adversarial",
    "The linear adversarial example",
    4,
    "fools a linear model by adding a little of its own weights to the input",
    ("adversarial example", "adversarial", "linear adversarial", "fast gradient sign"),
)
CARDS = {"skills.linear_adversarial.skill": LINEAR}
