"""The card of the sign-language digits."""

from skills.protocol import InputKind, SkillCard

SIGN_DIGITS = SkillCard(
    "sign_digits",
    "Sign-language digits",
    1,
    "reads which digit, 0 to 5, a drawn hand signs",
    ("sign language", "sign digits", "hand sign", "signed digit", "finger counting", "read a hand"),
    InputKind.IMAGE,
    asks="a hand that signs a digit from 0 to 5 (a drawn one: it knows no others)",
)
CARDS = {"skills.sign_digits.skill": SIGN_DIGITS}
