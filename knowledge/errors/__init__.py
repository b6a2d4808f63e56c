"""The one error root of the business and its leaves, named by fact and carrying data.

Every leaf has a stable `problem` slug: Axess sends it as the RFC 9457 `type`, the clients turn it
back into the same class, and `bot/domain` holds one sentence for each. No user text lives here.
"""

from __future__ import annotations

from knowledge.errors.access import (
    KeyMissing,
    KeyReused,
    NotPermitted,
    NotSignedIn,
)
from knowledge.errors.admin import (
    FieldsRejected,
    KeyTaken,
    NotUndoable,
    StaleVersion,
    StillReferred,
    UndoConflict,
    UnknownEntry,
    UnknownImport,
    UnknownTerm,
)
from knowledge.errors.imports import (
    CatalogueMoved,
    FileChanged,
    ImportRefused,
)
from knowledge.errors.labelling import (
    ConversationsUnreadable,
    ExportRefused,
    LabelRefused,
    NotGiven,
    UnknownUtterance,
)
from knowledge.errors.planning import NothingToPlan
from knowledge.errors.reading import (
    InvalidCode,
    InvalidPrerequisite,
    InvalidSetting,
    InvalidSuid,
)
from knowledge.errors.records import (
    AlreadyCompleted,
    AlreadyEnrolled,
    NotEnrolled,
    UnknownCourse,
    UnknownPetition,
    UnknownSection,
    UnknownStudent,
)
from knowledge.errors.refusals import (
    ClassChoiceInvalid,
    ConsentRequired,
    DropDeadlinePassed,
    EnrollmentHold,
    GradingNotOffered,
    LectureNeeded,
    LinkedSectionInvalid,
    LinkedSectionNeeded,
    PermissionInvalid,
    PetitionPending,
    PrerequisiteMissing,
    RepeatLimitReached,
    SeatsReserved,
    SectionCancelled,
    SectionFull,
    TermOver,
    TimeConflict,
    UnitLimitExceeded,
    UnitsNotOffered,
    WindowClosed,
    WindowNotOpen,
    WithdrawalOnly,
)
from knowledge.errors.root import QuadError, by_problem
from knowledge.errors.services import (
    ServiceBusy,
    ServiceMisbehaved,
    ServiceUnavailable,
)

__all__ = [
    "AlreadyCompleted",
    "AlreadyEnrolled",
    "CatalogueMoved",
    "ClassChoiceInvalid",
    "ConsentRequired",
    "ConversationsUnreadable",
    "DropDeadlinePassed",
    "EnrollmentHold",
    "ExportRefused",
    "FieldsRejected",
    "FileChanged",
    "GradingNotOffered",
    "ImportRefused",
    "InvalidCode",
    "InvalidPrerequisite",
    "InvalidSetting",
    "InvalidSuid",
    "KeyMissing",
    "KeyReused",
    "KeyTaken",
    "LabelRefused",
    "LectureNeeded",
    "LinkedSectionInvalid",
    "LinkedSectionNeeded",
    "NotEnrolled",
    "NotGiven",
    "NotPermitted",
    "NotSignedIn",
    "NotUndoable",
    "NothingToPlan",
    "PermissionInvalid",
    "PetitionPending",
    "PrerequisiteMissing",
    "QuadError",
    "RepeatLimitReached",
    "SeatsReserved",
    "SectionCancelled",
    "SectionFull",
    "ServiceBusy",
    "ServiceMisbehaved",
    "ServiceUnavailable",
    "StaleVersion",
    "StillReferred",
    "TermOver",
    "TimeConflict",
    "UndoConflict",
    "UnitLimitExceeded",
    "UnitsNotOffered",
    "UnknownCourse",
    "UnknownEntry",
    "UnknownImport",
    "UnknownPetition",
    "UnknownSection",
    "UnknownStudent",
    "UnknownTerm",
    "UnknownUtterance",
    "WindowClosed",
    "WindowNotOpen",
    "WithdrawalOnly",
    "by_problem",
]
