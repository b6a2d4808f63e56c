"""Draws an invented person: a shaded ellipsoid with features, seen from any side, in any light.

For each pixel the ray meets the turned head; where it does, the place on the head says which colour
it has and how its surface bends (bumps of Gaussians), and Lambert's law how bright it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from skills.faces.features import bumps, skin_colour
from skills.faces.people import Chance, Person, Shot

Floats = NDArray[Any]
_MISS = -9.0


def draw(person: Person, shot: Shot, chance: Chance, height: int, width: int) -> Floats:
    """The photo, [height, width, 3] in 0..1; the head is centred and fills most of it."""
    x, y = _plane(shot, height, width)
    turn = rotation(shot.yaw, shot.pitch)
    picture = np.empty((height, width, 3), np.float32)
    picture[:] = np.asarray(shot.paper) * (1 - 0.12 * y[..., None])
    _paint_body(picture, person, shot, x, y)
    _paint_hair(picture, person, shot, turn, x, y)
    _paint_ears(picture, person, shot, x, y)
    _paint_head(picture, person, shot, turn, x, y)
    noise = chance.normal(0, shot.noise, (height, width, 1))
    return np.clip(picture * shot.gain + noise, 0, 1).astype(np.float32)


def rotation(yaw: float, pitch: float) -> Floats:
    """Turns head coordinates into the camera's, [3, 3]: pitch first, then yaw."""
    c, s = np.cos(yaw), np.sin(yaw)
    across = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    c, s = np.cos(pitch), np.sin(pitch)
    up = np.array([[1, 0, 0], [0, c, s], [0, -s, c]])
    both: Floats = (across @ up).astype(np.float32)
    return both


def meet(radii: tuple[float, float, float], turn: Floats, x: Floats, y: Floats) -> Floats:
    """Depth z at which the ray through each pixel first meets the turned ellipsoid; -9 for none.

    p = (x, y, z) lies on it where pᵀ Q p = 1 with Q = R diag(1/r²) Rᵀ.
    """
    q = turn @ np.diag(1 / np.square(radii)) @ turn.T
    b = q[0, 2] * x + q[1, 2] * y
    c = q[0, 0] * x * x + 2 * q[0, 1] * x * y + q[1, 1] * y * y - 1
    inside = b * b - q[2, 2] * c
    root = np.sqrt(np.maximum(inside, 0))
    depth: Floats = np.where(inside > 0, (root - b) / q[2, 2], _MISS).astype(np.float32)
    return depth


def _plane(shot: Shot, height: int, width: int) -> tuple[Floats, Floats]:
    """Each pixel in half-heights of the head, before roll, scale and shift."""
    unit = height / 2.75
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    x, y = (columns - (width - 1) / 2) / unit, (rows - (height - 1) / 2) / unit
    x, y = (x - shot.right) / shot.scale, (y - shot.down + 0.02) / shot.scale
    c, s = np.cos(shot.roll), np.sin(shot.roll)
    return (c * x + s * y).astype(np.float32), (c * y - s * x).astype(np.float32)


def _paint_body(picture: Floats, person: Person, shot: Shot, x: Floats, y: Floats) -> None:
    """Shoulders and neck."""
    shoulders = (y > 1.12 + 0.25 * np.abs(x)) | ((y > 1.2) & (np.abs(x) < 0.5))
    picture[shoulders] = shot.cloth
    neck = (np.abs(x) < 0.42 + 0.1 * (y - 0.8)) & (y > 0.4) & (y < 1.18 + 0.3 * (0.4 - np.abs(x)))
    picture[neck] = np.asarray(person.skin) * 0.62


def _paint_hair(
    picture: Floats, person: Person, shot: Shot, turn: Floats, x: Floats, y: Floats
) -> None:
    """The hair that stands out behind the head."""
    if person.bald:
        return
    more = 1 + person.hair_volume
    radii = (person.width * more + 0.04, more, person.depth * more)
    long = y > 0.2
    shaped = np.where(long, 0.55 * y + 0.09, y)  # long hair falls rather than closes
    z = meet(radii, turn, x, shaped)
    shown = (z > _MISS) & (y < person.hair_length + 0.05 * np.sin(9 * x))
    across, down, depth = person.strands
    light = 0.6 + 0.3 * np.clip(-y, 0, 1) + 0.7 * depth * np.sin(across * x + down * y)
    picture[shown] = np.asarray(person.hair) * light[shown][:, None]


def _paint_ears(picture: Floats, person: Person, shot: Shot, x: Floats, y: Floats) -> None:
    for side in (-1, 1):
        middle = side * person.width * np.cos(shot.yaw) + 0.25 * np.sin(shot.yaw)
        ear = ((x - middle) / person.ear) ** 2 + ((y - 0.05) / 0.2) ** 2 < 1
        hidden = not person.bald and person.hair_length > 0.3
        if not hidden:
            picture[ear] = np.asarray(person.skin) * 0.75


def _paint_head(
    picture: Floats, person: Person, shot: Shot, turn: Floats, x: Floats, y: Floats
) -> None:
    radii = (person.width, 1.0, person.depth)
    narrow = 1 - person.jaw * np.clip(y, 0, 1) ** 2
    z = meet(radii, turn, x / narrow, y)
    on = z > _MISS
    camera = np.stack([(x / narrow)[on], y[on], z[on]])  # [3, pixels]
    local = turn.T @ camera
    normal = local / np.square(radii)[:, None]
    normal /= np.linalg.norm(normal, axis=0)
    across, down = bumps(person, shot, local)
    normal[0] -= across
    normal[1] -= down
    normal /= np.linalg.norm(normal, axis=0)
    towards = np.asarray(shot.light) / np.linalg.norm(shot.light)
    lit = np.clip(towards @ (turn @ normal), 0, None)
    bright = shot.ambient + (1.05 - shot.ambient) * lit
    picture[on] = skin_colour(person, shot, local) * bright[:, None]
