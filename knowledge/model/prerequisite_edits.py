"""Editing prerequisites as a tree: joining, removing and changing its nodes by their path.

A path counts parts from the root: (1, 0) is the first part of the root's second part. Every edit
returns a tree in normal form, so that writing it down and parsing it again gives the same tree.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from knowledge.model.prerequisites import Both, Consent, Either, Prerequisite, Requires

Path = tuple[int, ...]


class Join(StrEnum):
    """How a new part joins a node: both are needed, or one is enough."""

    AND = "and"
    OR = "or"


_GROUPS: dict[Join, type[Both | Either]] = {Join.AND: Both, Join.OR: Either}


def join(
    tree: Prerequisite | None, path: Path, how: Join, new: Requires | Consent
) -> Prerequisite | None:
    """Put a new leaf beside the node at that path; raise LookupError when there is none."""
    if tree is None:
        return new
    node = at(tree, path)
    group = _GROUPS[how]
    parts = node.parts if isinstance(node, group) else (node,)
    return put(tree, path, group((*parts, new)))


def remove(tree: Prerequisite | None, path: Path) -> Prerequisite | None:
    """Take the node at that path out; raise LookupError when there is none."""
    return put(tree, path, None)


def turn(tree: Prerequisite | None, path: Path) -> Prerequisite | None:
    """Make "all of" into "one of" or the other way round; a leaf stays as it is."""
    node = at(tree, path)
    if isinstance(node, Both):
        return put(tree, path, Either(node.parts))
    if isinstance(node, Either):
        return put(tree, path, Both(node.parts))
    return tree


def toggle_concurrent(tree: Prerequisite | None, path: Path) -> Prerequisite | None:
    """Allow or forbid taking a course at the same time; other nodes stay as they are."""
    node = at(tree, path)
    if isinstance(node, Requires):
        return put(tree, path, replace(node, concurrently=not node.concurrently))
    return tree


def at(tree: Prerequisite | None, path: Path) -> Prerequisite:
    """The node at that path; raise LookupError when there is none."""
    if tree is None:
        raise LookupError(path)
    for index in path:
        if not isinstance(tree, Both | Either) or not 0 <= index < len(tree.parts):
            raise LookupError(path)
        tree = tree.parts[index]
    return tree


def put(tree: Prerequisite | None, path: Path, new: Prerequisite | None) -> Prerequisite | None:
    """The tree with another node at that path, or without it (None)."""
    at(tree, path)
    if not path or tree is None:
        return new if new is None else normal(new)
    parent = at(tree, path[:-1])
    if not isinstance(parent, Both | Either):
        raise LookupError(path)
    index = path[-1]
    parts = (*parent.parts[:index], *([] if new is None else [new]), *parent.parts[index + 1 :])
    changed: Prerequisite | None = type(parent)(parts) if parts else None
    return put(tree, path[:-1], changed)


def normal(tree: Prerequisite) -> Prerequisite:
    """No group of one part, none inside a group of its own kind, no part twice."""
    if not isinstance(tree, Both | Either):
        return tree
    kind = type(tree)
    parts: list[Prerequisite] = []
    for part in map(normal, tree.parts):
        parts.extend(part.parts if isinstance(part, kind) else (part,))
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else kind(distinct)
