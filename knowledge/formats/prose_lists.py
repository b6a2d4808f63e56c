"""Lists of demands: what their commas and connectives mean, as a tree; guesses noted as risks.

A semicolon parts demands; a comma means what the last connective of its list means; ", and" binds
looser than "or".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from knowledge.model.prerequisites import Both, Consent, Either, Prerequisite, Requires

Separator = str  # one of ; , and or ",and" ",or"
Part = Prerequisite | Separator


def flat(kind: type[Both] | type[Either], parts: list[Prerequisite]) -> Prerequisite:
    """These parts under one node, nested nodes of the same kind and repetitions removed."""
    whole: dict[Prerequisite, None] = {}
    for part in parts:
        whole.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    return next(iter(whole)) if len(whole) == 1 else kind(tuple(whole))


@dataclass
class Lists:
    """Reads lists; `plural` tells whether the heading promised more than one demand."""

    plural: bool
    risks: list[str] = field(default_factory=list)

    def risk(self, name: str) -> None:
        """Note a guess, once."""
        if name not in self.risks:
            self.risks.append(name)

    def alternatives(self, inner: list[Part]) -> Prerequisite | None:
        """A list in which commas mean "or", unless ", or" parts groups joined by "and"."""
        mark = next((m for m in (",or", "or") if m in inner and "and" in inner), None)
        if mark is not None:
            if mark == "or":
                self.risk("and-or-mixed")
            trees = [t for group in _split(inner, mark) if (t := self.tree(group)) is not None]
            return flat(Either, trees) if trees else None
        found = [part for part in inner if not isinstance(part, str)]
        return flat(Either, found) if found else None

    def tree(self, parts: list[Part]) -> Prerequisite | None:
        """A whole list: the loosest separator first."""
        if parts and parts[-1] not in (",", ";") and isinstance(parts[-1], str):
            self.risk("unknown-words")  # the text breaks off behind a connective
        parts = _trimmed(parts)
        if "/" in parts:
            self.risk("unknown-words")
        if ";" in parts:
            return self._both(_split(parts, ";"))
        if any(_touch(a, b) for a, b in pairwise(parts)):
            self.risk("unknown-words")
        ands, ors = {"and", ",and"} & {*parts}, {"or", ",or"} & {*parts}
        if ands and ors:
            return self._mixed(parts)
        trees = [part for part in parts if not isinstance(part, str)]
        if not trees:
            return None
        if ors and "," in parts:
            return self._comma_list(parts)
        return flat(Either if ors else Both, trees)

    def _both(self, groups: list[list[Part]]) -> Prerequisite | None:
        trees = [tree for group in groups if (tree := self.tree(group)) is not None]
        return flat(Both, trees) if trees else None

    def _mixed(self, parts: list[Part]) -> Prerequisite | None:
        if ",and" in parts:
            return self._both(_split(parts, ",and"))
        if ",or" in parts:
            trees = [t for group in _split(parts, ",or") if (t := self.tree(group)) is not None]
            return flat(Either, trees) if trees else None
        if parts[-2:] == ["or", Consent()]:
            self.risk("consent-after-and")
            inner = self.tree(parts[:-2])
            return flat(Either, [inner, Consent()]) if inner else Consent()
        self.risk("and-or-mixed")
        return self._both(_split(parts, "," if "," in parts else "and"))

    def _comma_list(self, parts: list[Part]) -> Prerequisite | None:
        """Commas and "or": one list of alternatives, or demands some of which have alternatives."""
        groups = _split(parts, ",")
        trees = [part for part in parts if not isinstance(part, str)]
        if ",or" in parts:
            if "or" in parts:
                self.risk("or-within-a-list")
            return flat(Either, trees)
        choices = [group for group in groups if "or" in group]
        if len(choices) == 1 and choices[0] is groups[-1]:
            if parts[-2:] == ["or", Consent()]:
                self.risk("consent-after-commas")
                inner = self.tree(parts[:-2])
                return flat(Either, [inner, Consent()]) if inner else Consent()
            if self.plural:
                self.risk("commas-before-or")
            return flat(Either, trees)
        return self._both(groups)


def alongside(tree: Prerequisite) -> Prerequisite:
    """The same demand, its courses allowed in the same term."""
    if isinstance(tree, Requires):
        return replace(tree, concurrently=True)
    if isinstance(tree, Both | Either):
        return type(tree)(tuple(alongside(part) for part in tree.parts))
    return tree


def _touch(one: Part, other: Part) -> bool:
    return isinstance(one, str) == isinstance(other, str)


def joined(parts: list[Part]) -> list[Part]:
    """Commas joined with the connective behind them."""
    whole: list[Part] = []
    for part in parts:
        if whole and whole[-1] == "," and part in ("and", "or", ",or"):
            whole[-1] = f",{str(part).lstrip(',')}"
        elif whole and whole[-1] == ";" and part in ("and", "or"):
            continue
        else:
            whole.append(part)
    return whole


def _trimmed(parts: list[Part]) -> list[Part]:
    while parts and isinstance(parts[0], str):
        parts = parts[1:]
    while parts and isinstance(parts[-1], str):
        parts = parts[:-1]
    return parts


def _split(parts: list[Part], mark: str) -> list[list[Part]]:
    groups: list[list[Part]] = [[]]
    for part in parts:
        if part == mark:
            groups.append([])
        else:
            groups[-1].append(part)
    return [group for group in groups if group]
