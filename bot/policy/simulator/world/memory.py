"""A catalogue client that asks each question once: a simulated world's catalogue stands still."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.clients.explorecourses import ExploreCoursesClient
from knowledge.clients.values import CourseView, TitleMatch
from knowledge.model.terms import AcademicCalendar


@dataclass
class RememberingCatalogue(ExploreCoursesClient):
    """Searches, which go on from page to page, are always asked anew."""

    _courses: dict[str, CourseView] = field(default_factory=dict)
    _titles: dict[str, list[TitleMatch]] = field(default_factory=dict)
    _near: dict[str, list[TitleMatch]] = field(default_factory=dict)
    _calendars: list[AcademicCalendar] = field(default_factory=list)

    async def course(self, code: str) -> CourseView:
        """One course; raise UnknownCourse."""
        if code not in self._courses:
            self._courses[code] = await super().course(code)
        return self._courses[code]

    async def titles(self, text: str) -> list[TitleMatch]:
        """The courses a title may mean."""
        if text not in self._titles:
            self._titles[text] = await super().titles(text)
        return self._titles[text]

    async def suggestions(self, code: str) -> list[TitleMatch]:
        """Courses whose code is near."""
        if code not in self._near:
            self._near[code] = await super().suggestions(code)
        return self._near[code]

    async def calendar(self) -> AcademicCalendar:
        """All terms with their dates."""
        if not self._calendars:
            self._calendars.append(await super().calendar())
        return self._calendars[0]
