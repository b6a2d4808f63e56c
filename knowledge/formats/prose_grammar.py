"""From the tokens of a demand to a tree: set phrases, parentheses, codes that belong together."""

from __future__ import annotations

from dataclasses import replace

from knowledge.formats.prose_lists import Lists, Part, alongside, flat, joined
from knowledge.formats.prose_tokens import Kind, Token
from knowledge.model.prerequisites import Consent, Either, Prerequisite, Requires


class Grammar(Lists):
    """One reading of one demand; `risks` names the guesses that it took."""

    def read(self, found: list[Token]) -> Prerequisite | None:
        """The tree of these tokens, or None when they name nothing that a rule can check."""
        return self.tree(joined(self._parts(self._demanded(found))))

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
                self.risk("recommended-within-a-list")
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
        inner = joined(self._parts(found[start:end]))
        if "and" in inner and "or" not in inner and ",or" not in inner:
            inner = ["or" if part in ("and", ",and") else part for part in inner]
            self.risk("one-of-with-and")
        tree = self.alternatives(inner)
        if tree is None:
            self.risk("unknown-words")
        else:
            parts.append(tree)
        return end

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
            self.risk("unknown-words")

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
            self.risk("unknown-words")
            return
        if parts[-2] == ",":
            # "A, B, or equivalents" is written for "A and B" and for "A or B" alike.
            if "and" not in parts and parts.count(",") > 1:
                self.risk("equivalent-after-commas")
            parts.append(Consent())
            return
        if "and" in parts:
            self.risk("equivalent-after-and")
        elif "," in parts and ";" not in parts:
            self.risk("equivalent-after-commas")
        before = parts[-2]
        if not isinstance(before, str):
            parts[-2:] = [flat(Either, [before, Consent()])]

    def _concurrent(self, parts: list[Part], found: list[Token], place: int) -> None:
        """Marks the course before, unless another one follows ("concurrent enrollment in B")."""
        follows = found[place + 1].code if place + 1 < len(found) else None
        offered = parts[-1:] == ["or"]
        before = parts[:-1] if offered else parts[:]
        if offered and follows is not None:
            found[place + 1] = replace(found[place + 1], kind=Kind.BOTH)  # it is read here
            again = before[-1:] == [Requires(follows)]
            kept = before[:-1] if again else [*before, "or"]
            parts[:] = [*kept, Requires(follows, concurrently=True)]
        elif before and not isinstance(before[-1], str):
            parts[:] = [*before[:-1], alongside(before[-1])]
        else:
            self.risk("unknown-words")

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
            self.risk("unknown-words")

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
