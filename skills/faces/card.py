"""The cards of the face skills."""

from skills.protocol import InputKind, SkillCard

VERIFICATION = SkillCard(
    "face_verification",
    "Face verification",
    2,
    "says whether two photos show the same person",
    ("face verification", "verify faces", "same person", "compare faces", "two faces"),
    InputKind.IMAGE,
    at_least=2,
    at_most=2,
    asks="two photos, each with one face",
)
ENCODING = SkillCard(
    "face_encoding",
    "Face encoding",
    2,
    "turns each face into 128 numbers",
    (),
    InputKind.IMAGE,
    at_most=12,
    asks="photos with one face each",
    listed=False,
)
CARDS = {
    "skills.faces.verification": VERIFICATION,
    "skills.faces.encoding": ENCODING,
}
