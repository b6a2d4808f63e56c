"""All tables of the registrar (SQLAlchemy 2.0); only storage and bulk loaders touch rows."""

from __future__ import annotations

from knowledge.storage.tables.base import Base
from knowledge.storage.tables.catalogue import (
    CourseCodeRow,
    CourseRow,
    DepartmentRow,
    MeetingRow,
    SectionRow,
    TermRow,
    WindowRow,
)
from knowledge.storage.tables.labelling import (
    CollectedRow,
    ErasedConversationRow,
    LabelGrantRow,
    LabelItemRow,
    LabelRow,
    LabelSourceRow,
)
from knowledge.storage.tables.people import (
    CompletionRow,
    EnrollmentRow,
    PermissionRow,
    PetitionRow,
    StudentRow,
    WithdrawalRow,
)
from knowledge.storage.tables.records import (
    AnswerRow,
    AuditRow,
    CatalogueVersionRow,
    ImportRow,
    QuestionRow,
)

__all__ = [
    "AnswerRow",
    "AuditRow",
    "Base",
    "CatalogueVersionRow",
    "CollectedRow",
    "CompletionRow",
    "CourseCodeRow",
    "CourseRow",
    "DepartmentRow",
    "EnrollmentRow",
    "ErasedConversationRow",
    "ImportRow",
    "LabelGrantRow",
    "LabelItemRow",
    "LabelRow",
    "LabelSourceRow",
    "MeetingRow",
    "PermissionRow",
    "PetitionRow",
    "QuestionRow",
    "SectionRow",
    "StudentRow",
    "TermRow",
    "WindowRow",
    "WithdrawalRow",
]
