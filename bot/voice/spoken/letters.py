"""The names of the letters: how they are said, and how recognisers write what they heard."""

from __future__ import annotations

# The first spelling of each is the one that synthesisers read well.
_NAMES = {
    "A": "ay a eh", "B": "bee b be", "C": "see c sea cee", "D": "dee d", "E": "ee e",
    "F": "eff f ef", "G": "gee g jee", "H": "aitch h", "I": "eye i", "J": "jay j",
    "K": "kay k", "L": "ell l el", "M": "em m", "N": "en n", "O": "oh o", "P": "pee p pea",
    "Q": "cue q queue", "R": "are r ar", "S": "ess s es", "T": "tee t tea", "U": "you u",
    "V": "vee v", "W": "w", "X": "ex x", "Y": "why y wye", "Z": "zee z zed",
}  # fmt: skip
_LETTERS = {name: letter for letter, names in _NAMES.items() for name in names.split()}
_DOUBLE_U = frozenset({"you", "u"})
_DOUBLED = frozenset({"E", "A", "C", "S"})  # "double e" is EE


def letter_at(words: tuple[str, ...], position: int) -> tuple[str, int]:
    """The letters said at a position and how many words they take; ("", 0) when none is.

    "see" → ("C", 1), "double you" → ("W", 2), "double e" → ("EE", 2).
    """
    if position >= len(words):
        return "", 0
    word = words[position].rstrip(".")
    if word == "double" and position + 1 < len(words):
        after = words[position + 1].rstrip(".")
        if after in _DOUBLE_U:
            return "W", 2
        doubled = _LETTERS.get(after, "")
        return (doubled * 2, 2) if doubled in _DOUBLED else ("", 0)
    if len(word) == 1 and word.isalpha():
        return word.upper(), 1
    letter = _LETTERS.get(word, "")
    return letter, 1 if letter else 0


def names_of(letter: str) -> tuple[str, ...]:
    """Every spelling of a letter's name, the plain letter too."""
    return tuple(dict.fromkeys((letter.lower(), *_NAMES[letter].split())))


def aloud(letter: str) -> str:
    """A letter as synthesisers read it well: "C", but "ay", which alone would be an article."""
    return "ay" if letter == "A" else letter


def bare_name(letter: str) -> str:
    """The letter as the dictionary of pronunciations names it: "c."."""
    return f"{letter.lower()}."
