"""Trains the encoder: whitening to begin with, then the triplet loss with semi-hard mining.

What is trained is one layer on fixed energies, so each photo's energies are computed once: of the
crop of the detector and of the whole picture, both mirrored, and of a few changed copies of each.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from skills.faces.augmentation import vary
from skills.faces.net import NUMBERS, Encoder
from skills.faces.reading import Album
from skills.faces.triplet import batch_loss
from skills.faces.whitening import whiten
from skills.kit.learning import Plan, learn

_PLAN = Plan(epochs=50, batch=15, rate=5e-4, weight_decay=0.0)  # a batch is of people
_AT_ONCE = 100  # photos: bounded memory


@dataclass(frozen=True)
class FaceConfig:
    """Hyperparameters."""

    copies: int = 2  # changed copies of each photo and framing
    much: float = 0.5  # how far they are changed
    shrink: float = 0.4  # of the within-person covariance
    plan: Plan = _PLAN
    each: int = 4  # photos of a person in a batch
    margin: float = 0.6  # α of the triplet loss


@dataclass(frozen=True)
class Views:
    """Energies of an album's photos: as detected, its mirror image, whole, its, then copies."""

    features: Tensor  # [views, n, numbers of the bank]
    people: Tensor  # [n]

    def of(self, chosen: list[int]) -> Views:
        """The photos of these people."""
        rows = torch.isin(self.people, torch.tensor(chosen))
        return Views(self.features[:, rows], self.people[rows])


@torch.no_grad()
def views(net: Encoder, album: Album, config: FaceConfig, seed: int) -> Views:
    """Every photo in every framing, mirrored and changed."""
    chance = torch.Generator().manual_seed(seed)
    shown: list[Tensor] = []
    for faces in (album.crops, album.wholes):
        shown += [faces, faces.flip(3)]
    for place in range(2 * config.copies):
        faces = (album.crops, album.wholes)[place % 2]
        turned = faces.flip(3) if place // 2 % 2 else faces
        shown.append(vary(turned, chance, config.much))
    features = torch.stack([
        torch.cat([net.features(part) for part in faces.split(_AT_ONCE)]) for faces in shown
    ])  # fmt: skip
    return Views(features, album.people)


def fit(seen: Views, config: FaceConfig, seed: int) -> Encoder:
    """An encoder from these people's photos."""
    torch.manual_seed(seed)
    net = Encoder()
    count = len(seen.features)
    flat = seen.features.flatten(0, 1)  # [views · n, numbers of the bank]
    net.start_from(whiten(flat, seen.people.repeat(count), config.shrink, NUMBERS))
    return tune(net, seen, config, seed)


def tune(net: Encoder, seen: Views, config: FaceConfig, seed: int) -> Encoder:
    """The lecture's training, in place: batches of a few photos of a few people, mined.

    What is learnt is a square layer after the whitened one, at first the identity, and both are
    then put into one: where photos of a person differ alike in all directions, so do the steps.
    """
    who = seen.people.unique()
    photos = [(seen.people == person).nonzero()[:, 0] for person in who]
    with torch.no_grad():
        whitened = net.last(seen.features)  # [views, n, 128]
    turn = nn.Linear(NUMBERS, NUMBERS, bias=False)
    nn.init.eye_(turn.weight)

    def loss_of(turn: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        taken, people = [], []
        for row in rows.tolist():
            own = photos[row][torch.randperm(len(photos[row]), generator=chance)[: config.each]]
            view = torch.randint(len(whitened), (len(own),), generator=chance)
            taken.append(whitened[view, own])
            people += [row] * len(own)
        where = next(turn.parameters()).device
        batch = nn.functional.normalize(turn(torch.cat(taken).to(where)), dim=1)
        return batch_loss(batch, torch.tensor(people, device=where), config.margin)

    learn(turn, len(who), loss_of, config.plan, seed)
    with torch.no_grad():
        net.last.weight.copy_(turn.weight @ net.last.weight)
        net.last.bias.copy_(turn.weight @ net.last.bias)
    return net.eval()
