"""The card of the cat portrait."""

from skills.protocol import InputKind, SkillCard

CAT_PORTRAIT = SkillCard(
    "cat_portrait",
    "Cat breed and age",
    2,
    "names the breed of a drawn cat and guesses its age",
    (
        "cat breed",
        "breed",
        "cat age",
        "age of a cat",
        "how old is my cat",
        "l1 loss",
        "cat portrait",
    ),
    InputKind.IMAGE,
    asks="a drawn picture of one cat's face (it has never seen a photo)",
)
CARDS = {"skills.cat_portrait.skill": CAT_PORTRAIT}
