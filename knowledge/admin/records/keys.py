"""The natural key of a section: its term, the code it is listed under, and its number."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.model.terms import Quarter, Term
from knowledge.storage.orm import CourseCodeRow, SectionRow

NaturalKey = tuple[int, str, str]  # term id, code, number
LISTING = "listing"  # in a section's extras: the code, where it is not the home code


@lru_cache(maxsize=1000)
def term_named(text: str) -> Term:
    """The term of a text such as "Winter 2019", as cells and facts hold it."""
    quarter, year = text.split()
    return Term(Quarter(quarter), int(year))


@lru_cache(maxsize=1000)
def term_text(term_id: int) -> str:
    """The text of a term number."""
    century, rest = divmod(term_id, 1000)
    end = (rest // 10) + (2000 if century else 1900)
    quarter = list(Quarter)[rest % 10 // 2 - 1]
    return str(Term(quarter, end - (quarter is Quarter.AUTUMN)))


def parent_text(own_code: str, code: str, number: str) -> str:
    """How a section names its lecture: by number, with the code where that is another one."""
    return number if code == own_code else f"{code} {number}"


def parent_key(term_id: int, own_code: str, text: str) -> NaturalKey:
    """The natural key that such a text means."""
    code, _, number = text.rpartition(" ")
    return term_id, code or own_code, number


@dataclass(frozen=True)
class SectionKeys:
    """Class ids by natural key, of all sections or of some courses."""

    ids: dict[NaturalKey, int]

    @classmethod
    def read(cls, session: Session, course_ids: Collection[int] | None = None) -> SectionKeys:
        """The keys as the transaction sees them."""
        row, home = SectionRow, CourseCodeRow
        columns = (row.class_id, row.term_id, row.number, row.extras, home.code)
        query = select(*columns).join(
            home, (home.course_id == row.course_id) & (home.position == 0)
        )
        if course_ids is not None:
            query = query.where(row.course_id.in_(list(course_ids)))
        return cls(
            {
                (term_id, listing(extras, code), number): class_id
                for class_id, term_id, number, extras, code in session.execute(query)
            }
        )

    def class_of(self, key: NaturalKey) -> int | None:
        """The class id of a natural key."""
        return self.ids.get(key)


def listing(extras: Mapping[str, Any] | None, home: str) -> str:
    """The code that a section is listed under."""
    return str((extras or {}).get(LISTING, home))
