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
    "ClassChoiceInvalid",
    "ConsentRequired",
    "DropDeadlinePassed",
    "EnrollmentHold",
    "GradingNotOffered",
    "InvalidCode",
    "InvalidPrerequisite",
    "InvalidSetting",
    "InvalidSuid",
    "KeyMissing",
    "KeyReused",
    "LectureNeeded",
    "LinkedSectionInvalid",
    "LinkedSectionNeeded",
    "NotEnrolled",
    "NotPermitted",
    "NotSignedIn",
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
    "TermOver",
    "TimeConflict",
    "UnitLimitExceeded",
    "UnitsNotOffered",
    "UnknownCourse",
    "UnknownPetition",
    "UnknownSection",
    "UnknownStudent",
    "WindowClosed",
    "WindowNotOpen",
    "WithdrawalOnly",
    "by_problem",
]
