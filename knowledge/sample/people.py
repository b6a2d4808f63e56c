"""Invented names for instructors and students; any likeness to a person is chance."""

from __future__ import annotations

import random

_GIVEN = (
    "Amara Bela Chidi Dagny Eitan Farah Goran Hana Ilse Jorge Keiko Lars Mirela Nadia Oskar Priya "
    "Quentin Rosalind Soren Tamsin Ulla Viktor Wanjiru Ximena Yusuf Zelda Anselm Brigid Cosmin "
    "Delphine Emeka Fiona Gustavo Henrike Imani Jasper Kalani Leopold Marisol Nikhil Odile Paloma "
    "Ravi Saskia Thandi Umberto Valentina Wendel Yara Zoltan"
).split()
_FAMILY = (
    "Abernethy Bakshi Castellane Drummond Eklund Farrukh Gallowglass Haverbrook Ishimura "
    "Jankowiak Kettleburn Lindqvist Marchetti Nakagawa Oyelaran Pemberwick Quillfeather "
    "Rasmussen Szarkowski Thistlewood Umarov Vandermeer Whitlock Yamoah Zielinski Almeida "
    "Birchgrove Chaudhary Delacroix Engström Featherstone Grünwald Holloway Ivanescu Juarez "
    "Kowalczyk Lazaridis Mbeki Norwood Okonjo Petrakis Rosenfeld Silverlake Tanaka Underhill "
    "Vasquez Wetherby Yilmaz Zambrano Arkwright "
).split()
_PROGRAMMES = (
    "Undeclared",
    "Computer Science BS",
    "Mathematics BS",
    "Economics BA",
    "History BA",
    "Biology BS",
    "English BA",
    "Psychology BA",
    "Political Science BA",
    "Electrical Engineering BS",
    "Statistics MS",
    "Computer Science MS",
    "Music BA",
    "Management Science and Engineering MS",
)


def instructors(chance: random.Random, count: int) -> list[str]:
    """Distinct full names."""
    pairs = [f"{given} {family}" for given in _GIVEN for family in _FAMILY]
    return chance.sample(pairs, count)


def student_name(chance: random.Random) -> str:
    """A full name, not necessarily distinct."""
    return f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}"


def groups_of(programme: str) -> frozenset[str]:
    """The groups that windows and reserved seats go by: the career, and the programme itself."""
    career = "graduate" if programme.endswith((" MS", " PhD")) else "undergraduate"
    return frozenset({career, programme})


def programme(chance: random.Random) -> str:
    """A degree programme."""
    return chance.choice(_PROGRAMMES)
