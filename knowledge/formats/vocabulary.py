"""ExploreCourses' conventions that are no syntax: numbers that mean "no cap", names of gradings."""

from __future__ import annotations

from knowledge.model.courses import Grading

NO_CLASS_CAP = frozenset({0, 999, 1100, 9999})
NO_WAITLIST_CAP = frozenset({999, 1100, 9999})  # 0 is a class without a waitlist
WRITTEN_NO_CAP = 9999
NO_REPEAT_BOUND = 99  # this number and greater ones: as often as one likes

CAREERS = frozenset({"UG", "GR", "GSB", "LAW", "MED"})
CONSENTS = frozenset({"N", "I", "D"})
ROLES = frozenset({"PI", "TA", "GP", "CP", "SI"})
LINKED_COMPONENTS = frozenset({"DIS", "LAB", "LBS", "ACT"})

_GRADINGS: dict[str, tuple[Grading, ...]] = {
    "Letter or Credit/No Credit": (Grading.LETTER, Grading.CREDIT),
    "Letter (ABCD/NP)": (Grading.LETTER,),
    "Credit/No Credit": (Grading.CREDIT,),
    "Satisfactory/No Credit": (Grading.SATISFACTORY,),
    "RO Letter or Credit/No Credit": (Grading.LETTER, Grading.CREDIT),
    "RO Letter": (Grading.LETTER,),
    "RO Credit/No Credit": (Grading.CREDIT,),
    "RO Satisfactory/No Credit": (Grading.SATISFACTORY,),
    "Medical Option (Med-Ltr-CR/NC)": (Grading.LETTER, Grading.CREDIT),
    "Medical Satisfactory/No Credit": (Grading.SATISFACTORY,),
    "GSB Letter Graded": (Grading.LETTER,),
    "GSB Pass/Fail": (Grading.CREDIT,),
    "GSB Student Option LTR/PF": (Grading.LETTER, Grading.CREDIT),
    "Law Honors/Pass/Restrd Cr/Fail": (Grading.LETTER,),
    "Law Mandatory Pass/Fail": (Grading.CREDIT,),
}
_NAMES = {gradings: name for name, gradings in reversed(_GRADINGS.items())}


def read_gradings(text: str) -> tuple[Grading, ...]:
    """The model's bases behind a `grading`; empty when the model has none like it."""
    return _GRADINGS.get(" ".join(text.split()), ())


def write_gradings(gradings: tuple[Grading, ...]) -> str:
    """The usual `grading` of these bases, whatever their order."""
    ordered = tuple(basis for basis in Grading if basis in gradings)
    return _NAMES.get(ordered, "Letter or Credit/No Credit")
