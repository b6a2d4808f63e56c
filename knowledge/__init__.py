"""The business: courses, terms, sections, students and the rules that bind them."""
