"""Who of the enrolled people is it: nearest neighbours that must agree, and "nobody" (lecture 2).

One photo of each is "not very precise"; with three, the two nearest must be of one person. The
search is linear in the number of photos. To enrol is to add rows: nothing is trained again.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from skills.faces.triplet import squared_distances


@dataclass(frozen=True)
class Answer:
    """The person (None for nobody enrolled) and how far the nearest photo was."""

    person: int | None
    distance: float
    nearest: int  # row of that photo


def ask(
    face: Tensor, enrolled: Tensor, people: Tensor, threshold: float, agreeing: int = 2
) -> Answer:
    """`face`: [d]; `enrolled`: [n, d]; `people`: [n]. The `agreeing` nearest must be one person's.

    As many as the nearest one's person has photos have to agree, where that is fewer.
    """
    distances = squared_distances(face[None], enrolled)[0]  # [n]
    order = distances.argsort(stable=True)
    nearest = int(order[0])
    person = int(people[nearest])
    needed = min(agreeing, int((people == person).sum()))
    agreed = bool((people[order[:needed]] == person).all())
    near = float(distances[nearest])
    return Answer(person if agreed and near < threshold else None, near, nearest)
