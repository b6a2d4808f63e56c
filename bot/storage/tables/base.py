"""The root of the doors' tables."""

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Root of the tables of the doors; they refer to no others."""
