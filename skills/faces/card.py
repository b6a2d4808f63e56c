"""The cards of the face skills."""

from skills.protocol import InputKind, SkillCard

VERIFICATION = SkillCard(
    "face_verification",
    "Face verification",
    2,
    "says whether two photos show the same person",
    (
        "face verification", "verify faces", "same person", "compare faces", "two faces",
        "gym id", "id check", "siamese network", "triplet loss",
    ),
    InputKind.IMAGE,
    at_least=2,
    at_most=2,
    asks="two photos, each with one face",
)  # fmt: skip
RECOGNITION = SkillCard(
    "face_recognition",
    "Face recognition",
    2,
    "learns somebody new from a few photos and says whether the last photo shows them",
    (
        "face recognition", "recognise faces", "recognize faces", "recognise a face",
        "recognize a face", "who is this", "who is it", "enrol a face",
    ),
    InputKind.IMAGE,
    at_least=2,
    at_most=6,
    asks="photos of one person (three are best) and, last, the photo to recognise",
    usual_seconds=6.0,
)  # fmt: skip
CLUSTERING = SkillCard(
    "face_clustering",
    "Face clustering",
    2,
    "sorts photos by person, without being told how many people there are",
    (
        "face clustering", "cluster faces", "group faces", "sort my album", "photo album",
        "sort photos by person", "sort faces", "k-means",
    ),
    InputKind.IMAGE,
    at_least=3,
    at_most=24,
    asks="photos with one face each, of several people",
    usual_seconds=6.0,
)  # fmt: skip
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
    "skills.faces.recognition": RECOGNITION,
    "skills.faces.clustering": CLUSTERING,
    "skills.faces.encoding": ENCODING,
}
