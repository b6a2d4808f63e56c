"""Enrollment: pure rules, and the services that apply them inside one transaction."""
