"""Async HTTP clients of Axess and ExploreCourses: timeouts, bounded retries, typed errors."""
