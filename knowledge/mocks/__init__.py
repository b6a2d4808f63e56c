"""Axess and ExploreCourses, mocked as real HTTP services over the same database."""
