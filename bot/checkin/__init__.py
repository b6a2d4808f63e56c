"""The opt-in check-in by face: consent, encrypted templates, who was there.

It is never a factor of signing in: who uses it is signed in already, a photo that does not match
locks nobody out, and nothing else of Quad reads what is kept here.
"""
