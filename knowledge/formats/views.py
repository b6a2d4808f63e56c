"""The XML views of ExploreCourses."""

from __future__ import annotations

from enum import StrEnum


class View(StrEnum):
    """The two XML views, by their names in the query string."""

    OLDER = "xml-20140630"
    LATEST = "xml-20200810"
