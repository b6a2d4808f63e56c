"""The card of the goalkeeper's kick."""

from skills.protocol import SkillCard

GOALKEEPER = SkillCard(
    "goalkeeper",
    "The goalkeeper's kick",
    1,
    "finds the line on a football pitch that tells a goalkeeper where a kick lands on a team-mate",
    (
        "goalkeeper kick",
        "goal keeper",
        "football",
        "soccer",
        "decision boundary",
        "regularisation",
        "regularization",
        "dropout",
    ),
    usual_seconds=5.0,
)
CARDS = {"skills.goalkeeper.skill": GOALKEEPER}
