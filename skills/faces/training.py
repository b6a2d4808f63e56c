"""Trains the encoder with triplets: first on invented people, then on real ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor, nn

from skills.faces.augmentation import vary
from skills.faces.net import HEIGHT, WIDTH, Encoder, encode
from skills.faces.pairs import Pairs, all_pairs
from skills.faces.people import invent, photograph
from skills.faces.reading import Album
from skills.faces.rendering import draw
from skills.faces.triplet import batch_loss
from skills.kit.learning import Plan, learn

_GREY = np.array([0.299, 0.587, 0.114], np.float32)
_FIRST = Plan(epochs=13, batch=20, rate=3e-3)  # a batch is of people, not of photos
_SECOND = Plan(epochs=63, batch=10, rate=3e-3)
_CLOSE = 1.15  # drawn heads fill the crop as detected ones do


@dataclass(frozen=True)
class FaceConfig:
    """Hyperparameters."""

    invented: int = 1400  # people drawn for the first training; 0 leaves it out
    photos: int = 12  # of each
    first: Plan = _FIRST
    second: Plan = _SECOND
    each: int = 4  # photos of a person in a batch
    margin: float = 0.3  # α of the triplet loss
    much: float = 1.0  # augmentation
    dev_share: int = 5  # every fifth training person chooses the threshold


def invented_album(people: int, photos: int, seed: int) -> Album:
    """Drawn faces of invented people."""
    chance = np.random.default_rng(seed)
    crops = np.empty((people * photos, 1, HEIGHT, WIDTH), np.float32)
    for person in range(people):
        who = invent(chance)
        for photo in range(photos):
            shot = photograph(who, chance)
            closer = replace(shot, scale=shot.scale * _CLOSE)
            crops[person * photos + photo, 0] = draw(who, closer, chance, HEIGHT, WIDTH) @ _GREY
    names = tuple(f"invented {person}" for person in range(people))
    faces = torch.from_numpy(crops)
    return Album(faces, faces.flatten(1), torch.arange(people).repeat_interleave(photos), names)


def fit(net: Encoder, album: Album, plan: Plan, config: FaceConfig, seed: int) -> Encoder:
    """Train in place on all people of the album; a mirrored person is somebody else."""
    photos = [(album.people == person).nonzero()[:, 0] for person in range(len(album.names))]

    def loss_of(net: nn.Module, rows: Tensor, chance: torch.Generator) -> Tensor:
        faces, people = [], []
        for row in rows.tolist():
            own = photos[row % len(photos)]
            taken = album.crops[own[torch.randperm(len(own), generator=chance)[: config.each]]]
            faces.append(taken.flip(3) if row >= len(photos) else taken)
            people += [row] * len(taken)
        where = next(net.parameters()).device
        batch = vary(torch.cat(faces), chance, config.much).to(where)
        return batch_loss(net(batch), torch.tensor(people, device=where), config.margin)

    learn(net, 2 * len(photos), loss_of, plan, seed)
    return net


def pretrained(config: FaceConfig, seed: int) -> Encoder:
    """An encoder that knows invented people only."""
    torch.manual_seed(seed)
    net = Encoder()
    if config.invented:
        album = invented_album(config.invented, config.photos, seed + 100)
        fit(net, album, config.first, config, seed)
    return net.eval()


def distances(net: Encoder, album: Album) -> Pairs:
    """All pairs of an album's photos by their encodings."""
    return all_pairs(encode(net, album.crops), album.people)
