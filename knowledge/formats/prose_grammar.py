"""From the tokens of a demand to a tree, with every guess on the way noted as a risk.

Catalogue prose has a grammar of its own: semicolons part demands; a comma means what the last
connective of its list means; ", and" binds looser than "or"; "106B or X" is one demand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from knowledge.formats.prose_tokens import Kind, Token
from knowledge.model.prerequisites import Both, Consent, Either, Prerequisite, Requires

Separator = str  # one of ; , and or ",and" ",or"
Part = Prerequisite | Separator
_JOINS = frozenset({"and", "or", ",", ",and", ",or", ";"})


def flat(kind: type[Both] | type[Either], parts: list[Prerequisite]) -> Prerequisite:
    """These parts under one node, nested nodes of the same kind and repetitions removed."""
    whole: dict[Prerequisite, None] = {}
    for part in parts:
        whole.update(dict.fromkeys(part.parts if isinstance(part, kind) else (part,)))
    return next(iter(whole)) if len(whole) == 1 else kind(tuple(whole))


@dataclass
class Grammar:
    """One reading of one demand; `risks` names the guesses that it took."""

    plural: bool
    risks: list[str] = field(default_factory=list)

    def read(self, found: list[Token]) -> Prerequisite | None:
        """The tree of these tokens, or None when they name nothing that a rule can check."""
        return self._list(_joined(self._parts(self._demanded(found))))

    def _risk(self, name: str) -> None:
        if name not in self.risks:
            self.risks.append(name)

    def _demanded(self, found: list[Token]) -> list[Token]:
        """Without the segments that are only recommended."""
        if not any(token.kind is Kind.RECOMMENDED for token in found):
            return found
        kept: list[Token] = []
        for segment in _segments(found):
            kinds = [token.kind for token in segment]
            within = kinds[2 if kinds[1:2] == [Kind.AND] else 1 :]
            if Kind.RECOMMENDED not in kinds:
                kept += segment
            elif {Kind.AND, Kind.OR} & {*within} and Kind.OPEN not in kinds:
                self._risk("recommended-within-a-list")
        return kept

    def _parts(self, found: list[Token]) -> list[Part]:
        """Trees and what stands between them, parentheses and set phrases resolved."""
        parts: list[Part] = []
        place = 0
        while place < len(found):
            token = found[place]
            if token.kind is Kind.OPEN:
                end = _closing(found, place)
                self._parenthesis(parts, found[place + 1 : end])
                place = end + 1
            elif token.kind is Kind.EITHER:
                place = self._either(parts, found, place + 1)
            else:
                self._word(parts, found, place)
                place += 1
        return parts

    def _either(self, parts: list[Part], found: list[Token], start: int) -> int:
        """ "Either A or B", "one of A, B, or C": one demand, up to "; " or ", and"."""
        end = _end_of_choice(found, start)
        inner = _joined(self._parts(found[start:end]))
        if "and" in inner and "or" not in inner and ",or" not in inner:
            inner = ["or" if part in ("and", ",and") else part for part in inner]
            self._risk("one-of-with-and")
        tree = self._alternatives(inner)
        if tree is None:
            self._risk("unknown-words")
        else:
            parts.append(tree)
        return end

    def _alternatives(self, inner: list[Part]) -> Prerequisite | None:
        """A list in which commas mean "or", unless ", or" parts groups joined by "and"."""
        mark = next((m for m in (",or", "or") if m in inner and "and" in inner), None)
        if mark is not None:
            trees = [t for group in _split(inner, mark) if (t := self._list(group)) is not None]
            return flat(Either, trees) if trees else None
        found = [part for part in inner if not isinstance(part, str)]
        return flat(Either, found) if found else None

    def _word(self, parts: list[Part], found: list[Token], place: int) -> None:
        token = found[place]
        if token.kind is Kind.CODE and token.code is not None:
            self._course(parts, token)
        elif token.kind is Kind.CONSENT:
            parts.append(Consent())
        elif token.kind is Kind.EQUIVALENT:
            self._equivalent(parts)
        elif token.kind is Kind.CONCURRENT:
            self._concurrent(parts, found, place)
        elif token.kind in (Kind.AND, Kind.OR, Kind.COMMA, Kind.SEMICOLON, Kind.SLASH):
            parts.append(token.kind.value)
        elif token.kind is not Kind.BOTH:
            self._risk("unknown-words")

    def _course(self, parts: list[Part], token: Token) -> None:
        leaf = Requires(token.code) if token.code else Consent()
        tight = bool(parts) and (parts[-1] == "/" or (parts[-1] == "or" and token.shares))
        if tight and len(parts) > 1 and not isinstance(parts[-2], str):
            before = parts[-2]
            parts[-2:] = [flat(Either, [before, leaf])]
        else:
            parts.append(leaf)

    def _equivalent(self, parts: list[Part]) -> None:
        """ "A or equivalent": A, or what a person takes for it; it may also end a list."""
        if len(parts) < 2 or parts[-1] != "or":
            self._risk("unknown-words")
            return
        if parts[-2] == ",":
            # "A, B, or equivalents" is written for "A and B" and for "A or B" alike.
            if "and" not in parts:
                self._risk("equivalent-after-commas")
            parts.append(Consent())
            return
        if "and" in parts:
            self._risk("equivalent-after-and")
        before = parts[-2]
        if not isinstance(before, str):
            parts[-2:] = [flat(Either, [before, Consent()])]

    def _concurrent(self, parts: list[Part], found: list[Token], place: int) -> None:
        """Marks the course before, unless another one follows ("concurrent enrollment in B")."""
        follows = found[place + 1] if place + 1 < len(found) else None
        if parts and parts[-1] == "or":
            parts.pop()
            if follows is not None and follows.kind is Kind.CODE and follows.code is not None:
                tree = Requires(follows.code, concurrently=True)
                found[place + 1] = replace(follows, kind=Kind.BOTH)
                if parts and parts[-1] == Requires(follows.code):
                    parts[-1] = tree
                else:
                    parts += ["or", tree]
                return
        if parts and not isinstance(parts[-1], str):
            parts[-1] = alongside(parts[-1])
        else:
            self._risk("unknown-words")

    def _parenthesis(self, parts: list[Part], inner: list[Token]) -> None:
        if not inner:
            return
        kinds = [token.kind for token in inner]
        last = parts[-1] if parts else None
        if kinds[0] is Kind.CONCURRENT and last is not None and not isinstance(last, str):
            parts[-1] = alongside(last)
        elif kinds[0] is Kind.OR and last is not None and not isinstance(last, str):
            self._added(parts, last, inner[1:])
        elif last is None or isinstance(last, str):
            tree = Grammar(self.plural, self.risks).read(inner)
            if tree is not None:
                parts.append(tree)
        else:
            self._risk("unknown-words")

    def _added(self, parts: list[Part], last: Prerequisite, inner: list[Token]) -> None:
        """ "(or …)" behind a course adds to it; "(or consent)" to all that stands before."""
        if [token.kind for token in inner] == [Kind.CONSENT]:
            parts += [",or", Consent()]
            return
        if [token.kind for token in inner] == [Kind.EQUIVALENT]:
            parts[-1] = flat(Either, [last, Consent()])
            return
        tree = Grammar(self.plural, self.risks).read(inner)
        if tree is not None:
            parts[-1] = flat(Either, [last, tree])

    def _list(self, parts: list[Part]) -> Prerequisite | None:
        """A whole list: the loosest separator first."""
        parts = _trimmed(parts)
        if ";" in parts:
            return self._both(_split(parts, ";"))
        if any(_touch(a, b) for a, b in pairwise(parts)):
            self._risk("unknown-words")
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
        trees = [tree for group in groups if (tree := self._list(group)) is not None]
        return flat(Both, trees) if trees else None

    def _mixed(self, parts: list[Part]) -> Prerequisite | None:
        if ",and" in parts:
            return self._both(_split(parts, ",and"))
        if ",or" in parts:
            trees = [t for group in _split(parts, ",or") if (t := self._list(group)) is not None]
            return flat(Either, trees) if trees else None
        if parts[-2:] == ["or", Consent()]:
            self._risk("consent-after-and")
            inner = self._list(parts[:-2])
            return flat(Either, [inner, Consent()]) if inner else Consent()
        self._risk("and-or-mixed")
        return self._both(_split(parts, "," if "," in parts else "and"))

    def _comma_list(self, parts: list[Part]) -> Prerequisite | None:
        """Commas and "or": one list of alternatives, or demands some of which have alternatives."""
        groups = _split(parts, ",")
        trees = [part for part in parts if not isinstance(part, str)]
        if ",or" in parts:
            if "or" in parts:
                self._risk("or-within-a-list")
            return flat(Either, trees)
        choices = [group for group in groups if "or" in group]
        if len(choices) == 1 and choices[0] is groups[-1]:
            if parts[-2:] == ["or", Consent()]:
                self._risk("consent-after-commas")
                inner = self._list(parts[:-2])
                return flat(Either, [inner, Consent()]) if inner else Consent()
            if self.plural:
                self._risk("commas-before-or")
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


def _joined(parts: list[Part]) -> list[Part]:
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


def _segments(found: list[Token]) -> list[list[Token]]:
    """Runs of tokens, each beginning with the comma or semicolon before it."""
    segments: list[list[Token]] = [[]]
    for token in found:
        if token.kind in (Kind.COMMA, Kind.SEMICOLON):
            segments.append([])
        segments[-1].append(token)
    return segments


def _closing(found: list[Token], start: int) -> int:
    depth = 0
    for place in range(start, len(found)):
        depth += (found[place].kind is Kind.OPEN) - (found[place].kind is Kind.CLOSE)
        if depth == 0:
            return place
    return len(found)


def _end_of_choice(found: list[Token], start: int) -> int:
    for place in range(start, len(found)):
        kind, before = found[place].kind, found[place - 1].kind
        if kind is Kind.SEMICOLON:
            return place
        if kind is Kind.AND and before is Kind.COMMA:
            return place - 1
    return len(found)
