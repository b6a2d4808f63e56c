"""Prerequisites out of a description's prose, with the confidence that the reading is right.

ExploreCourses has no field for them. A reading below `ENFORCED_FROM` is never enforced: the prose
is shown as it stands. The confidence starts at that of a plain list and is multiplied by a factor
for every guess. The factors were set by hand on the making half of the labelled sentences
(`tests/unit/knowledge/formats/prose`) so that every wrong reading there falls below the threshold,
and measured on the other half and on real catalogues: see docs/explorecourses.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.formats.prose_grammar import Grammar
from knowledge.formats.prose_lists import alongside, flat
from knowledge.formats.prose_sentences import Demand, Statement, statements
from knowledge.formats.prose_tokens import tokens
from knowledge.model.prerequisites import Both, Either, Prerequisite, Requires

ENFORCED_FROM = 0.8
_PLAIN = 0.97
_MANY = 8
_FACTORS = {
    "unknown-words": 0.2,
    "unclear-sentence": 0.1,
    "and-or-mixed": 0.5,
    "commas-before-or": 0.75,
    "consent-after-commas": 0.9,
    "consent-after-and": 0.9,
    "equivalent-after-and": 0.75,
    "equivalent-after-commas": 0.5,
    "recommended-within-a-list": 0.6,
    "or-within-a-list": 0.75,
    "one-of-with-and": 0.75,
    "no-heading": 0.92,
    "both-before-and-alongside": 0.4,
    "many-courses": 0.8,
    "names-itself": 0.3,
    "nothing-found": 0.2,
}


@dataclass(frozen=True)
class ProsePrerequisite:
    """What a description says of prerequisites, read as far as it could be.

    `prose` is empty when it says nothing. A `tree` of None demands nothing of a record, or could
    not be read: the confidence tells which. `risks` names the guesses taken.
    """

    prose: str
    tree: Prerequisite | None
    confidence: float
    risks: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the reading may be enforced, also when it is that nothing is demanded."""
        return self.confidence >= ENFORCED_FROM

    @property
    def rule(self) -> Prerequisite | None:
        """The tree that the registrar may enforce, if any."""
        return self.tree if self.sure else None

    @property
    def to_tell(self) -> str:
        """The prose that a person must judge because no rule does; empty when a rule does."""
        return prose_to_tell(self.prose, self.confidence)


def prose_to_tell(prose: str, confidence: float) -> str:
    """The same for a reading that was stored as its prose and confidence."""
    return "" if confidence >= ENFORCED_FROM else prose


def read_prose(
    description: str, subject: str, subjects: frozenset[str] = frozenset(), own: str = ""
) -> ProsePrerequisite:
    """The prerequisites of a course of this home subject.

    `subjects` are further subject codes that may stand in small letters ("Math 51"), `own` is the
    course's own code: a course that seems to demand itself has been misread.
    """
    found = statements(description)
    if not found:
        return ProsePrerequisite("", None, 1.0)
    risks: list[str] = []
    trees = [_tree(statement, subject, subjects, risks) for statement in found]
    known = [tree for tree in trees if tree is not None]
    tree = flat(Both, known) if known else None
    _doubt(tree, own, risks)
    prose = " ".join(statement.sentence for statement in found)
    return ProsePrerequisite(prose, tree, _confidence(risks), tuple(risks))


def _tree(
    statement: Statement, subject: str, subjects: frozenset[str], risks: list[str]
) -> Prerequisite | None:
    if statement.demand is Demand.NOTHING:
        return None
    if statement.demand is Demand.UNCLEAR:
        risks.append("unclear-sentence")
        return None
    if not statement.headed:
        risks.append("no-heading")
    grammar = Grammar(statement.plural)
    tree = grammar.read(tokens(statement.words, subject, subjects))
    risks += grammar.risks
    if tree is None:
        risks.append("nothing-found")
        return None
    return alongside(tree) if statement.demand is Demand.ALONGSIDE else tree


def _doubt(tree: Prerequisite | None, own: str, risks: list[str]) -> None:
    leaves = [] if tree is None else list(_leaves(tree))
    named = [str(leaf.code) for leaf in leaves]
    if len({leaf.code for leaf in leaves}) < len(set(leaves)):
        risks.append("both-before-and-alongside")
    if own and own in named:
        risks.append("names-itself")
    if len(named) > _MANY:
        risks.append("many-courses")


def _leaves(tree: Prerequisite) -> Iterator[Requires]:
    if isinstance(tree, Requires):
        yield tree
    elif isinstance(tree, Both | Either):
        for part in tree.parts:
            yield from _leaves(part)


def _confidence(risks: list[str]) -> float:
    confidence = _PLAIN
    for risk in dict.fromkeys(risks):
        confidence *= _FACTORS[risk]
    return round(confidence, 3)
