"""What is on a head: eyes, brows, nose, mouth, beard, hair, glasses, as functions of the place.

`local` is always [3, pixels]: x to the person's left in the picture's sense, y down, z out of the
face, in half-heights of the head.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from skills.faces.people import Person, Shot

Floats = NDArray[Any]
_SIDES = (-1.0, 1.0)


def bumps(person: Person, shot: Shot, local: Floats) -> tuple[Floats, Floats]:
    """How the surface's height changes across and down, [pixels] each: sums of Gaussians."""
    nose_end = person.eye_height + person.nose_length
    lips = person.mouth_height
    hills = [
        (person.nose_high * 0.7, 0.0, nose_end - 0.18, person.nose_width * 0.6, 0.16),
        (person.nose_high, 0.0, nose_end - 0.02, person.nose_width * 0.9, 0.06),
        (0.03, 0.0, lips - 0.03, person.mouth_width * 0.7, 0.03),
        (0.04, 0.0, lips + 0.05, person.mouth_width * 0.6, 0.03),
        (person.chin * 0.4, 0.0, 0.86, 0.14, 0.09),
    ]
    for side in _SIDES:
        eye = side * person.eye_gap
        cheek = side * (person.eye_gap + 0.08)
        hills += [
            (-0.06, eye, person.eye_height, person.eye_width * 0.9, 0.07),
            (0.05, eye, person.eye_height - person.brow_gap, 0.16, 0.05),
            (person.cheek * 0.5 + 0.03 * shot.smile, cheek, 0.24, 0.16, 0.13),
        ]
    across, down = np.zeros_like(local[0]), np.zeros_like(local[0])
    for amount, x, y, wide, high in hills:
        far_x, far_y = (local[0] - x) / wide, (local[1] - y) / high
        height = amount * np.exp(-(far_x**2 + far_y**2) / 2) * (local[2] > 0)
        across -= height * far_x / wide
        down -= height * far_y / high
    return across, down


def skin_colour(person: Person, shot: Shot, local: Floats) -> Floats:
    """The colour of each place before light falls on it, [pixels, 3]."""
    x, y, front = local[0], local[1], local[2] > 0
    shade = np.ones_like(x)
    for mark_x, mark_y, size, dark in person.marks:
        shade *= 1 - dark * 0.6 * _blob(x - mark_x, y - mark_y, size, size)
    shade *= 1 - _folds(person, shot, x, y)
    colour: Floats = shade[:, None] * np.asarray(person.skin, np.float32)
    _beard(colour, person, x, y)
    _mouth(colour, person, shot, x, y)
    _nostrils(colour, person, x, y)
    for side in _SIDES:
        _eye(colour, person, shot, side, x, y)
        _brow(colour, person, shot, side, x, y)
    colour[~front] = np.asarray(person.skin)
    _hair(colour, person, local)
    if shot.glasses:
        _glasses(colour, person, x, y, front)
    return colour


def _blob(x: Floats, y: Floats, wide: float, high: float) -> Floats:
    blob: Floats = np.exp(-((x / wide) ** 2 + (y / high) ** 2) / 2)
    return blob


def _inside(x: Floats, y: Floats, wide: float, high: float, soft: float = 0.12) -> Floats:
    """1 in an ellipse, 0 outside it, soft between."""
    share: Floats = np.clip((1 - np.hypot(x / wide, y / high)) / soft + 0.5, 0, 1)
    return share


def _mix(colour: Floats, share: Floats, new: tuple[float, float, float] | float) -> None:
    """Paint over by that share, in place."""
    colour += share[:, None] * (np.asarray(new, np.float32) - colour)


def _folds(person: Person, shot: Shot, x: Floats, y: Floats) -> Floats:
    """Shadows from the nose to the mouth, deeper in a smile; bags under the eyes."""
    top = person.eye_height + person.nose_length
    line = person.nose_width + 0.05 + 0.35 * (y - top)
    between = np.clip((y - top + 0.05) * 12, 0, 1) * np.clip((person.mouth_height - y) * 12, 0, 1)
    deep = person.fold * (0.6 + 0.8 * np.clip(shot.smile, 0, 1))
    under = _blob(np.abs(x) - person.eye_gap, y - person.eye_height - 0.1, 0.1, 0.02)
    dark: Floats = (
        deep * np.exp(-(((np.abs(x) - line) / 0.03) ** 2)) * between + 0.5 * person.fold * under
    )
    return dark


def _beard(colour: Floats, person: Person, x: Floats, y: Floats) -> None:
    low = np.clip((y - 0.42 + 0.25 * np.abs(x)) * 10, 0, 1)
    _mix(colour, person.beard * low, person.hair)
    lip = _inside(x, y - person.mouth_height + person.lip + 0.045, person.mouth_width, 0.05, 0.5)
    _mix(colour, person.moustache * lip, person.hair)


def _mouth(colour: Floats, person: Person, shot: Shot, x: Floats, y: Floats) -> None:
    wide = person.mouth_width * (1 + 0.18 * shot.smile)
    middle = person.mouth_height - 0.1 * shot.smile * ((x / wide) ** 2 - 0.4)
    away = y - middle
    lips = _inside(x, away, wide, person.lip + 0.1 * shot.open_mouth, 0.2)
    red = (person.skin[0] * (1 - person.lip_dark * 0.5), person.skin[1] * (1 - person.lip_dark),
           person.skin[2] * (1 - person.lip_dark * 0.9))  # fmt: skip
    _mix(colour, lips, red)
    gap = _inside(x, away, wide * 0.85, 0.008 + 0.11 * shot.open_mouth, 0.3)
    _mix(colour, gap * 0.9, 0.08)
    teeth = _inside(x, away + 0.04 * shot.open_mouth, wide * 0.6, 0.06 * shot.open_mouth + 0.001)
    _mix(colour, teeth * float(shot.smile > 0.5), 0.85)


def _nostrils(colour: Floats, person: Person, x: Floats, y: Floats) -> None:
    end = person.eye_height + person.nose_length + 0.04
    holes = _inside(np.abs(x) - person.nose_width * 0.55, y - end, 0.035, 0.02, 0.5)
    wings = np.exp(-(((np.abs(x) - person.nose_width) / 0.018) ** 2))
    wings = wings * np.exp(-(((y - end + 0.03) / 0.04) ** 2) / 2)
    _mix(colour, np.maximum(0.7 * holes, 0.25 * wings), 0.1)


def _eye(colour: Floats, person: Person, shot: Shot, side: float, x: Floats, y: Floats) -> None:
    x, y = x - side * person.eye_gap, y - person.eye_height
    high = max(person.eye_open * shot.lids, 0.006)
    _mix(colour, _inside(x, y, person.eye_width * 1.25, person.eye_open * 1.9, 0.6) * 0.18, 0.1)
    ball = _inside(x, y, person.eye_width, high, 0.2)
    _mix(colour, ball, 0.88)
    look = x - 0.04 * shot.gaze
    _mix(colour, ball * _inside(look, y, 0.062, 0.062, 0.2), person.iris)
    _mix(colour, ball * _inside(look, y, 0.028, 0.028, 0.3), 0.02)
    lid = _inside(x, y + high * 0.6, person.eye_width * 1.05, high * 0.7 + 0.012, 0.3)
    _mix(colour, lid * (y < -high * 0.45) * 0.75, 0.08)


def _brow(colour: Floats, person: Person, shot: Shot, side: float, x: Floats, y: Floats) -> None:
    away = (x - side * person.eye_gap) * side  # outwards
    middle = person.eye_height - person.brow_gap - shot.raised
    curve = middle + person.brow_slope * away + 0.9 * away**2
    thick = person.brow_thick * (1 - 0.8 * away)
    _mix(colour, _inside(away, y - curve, 0.18, 0.2, 0.2) * person.brow_dark
         * np.exp(-(((y - curve) / np.maximum(thick, 0.01)) ** 2)), person.hair)  # fmt: skip


def _hair(colour: Floats, person: Person, local: Floats) -> None:
    """The hair on the head: above the hairline, at the temples and behind."""
    if person.bald:
        return
    x, y, z = local
    line = person.hairline - person.fringe * (x - person.parting) ** 2 + 0.1 * np.abs(x)
    side = (z < 0.3 * person.depth) & (y < person.hair_length * 0.6)
    share = np.maximum(np.clip((line - y) * 14 + 0.5, 0, 1), side.astype(np.float32))
    across, down, depth = person.strands
    strands = 0.9 + depth * np.sin(across * x + down * y)
    hair = np.asarray(person.hair) * strands[:, None]
    colour += share[:, None] * (hair - colour)


def _glasses(colour: Floats, person: Person, x: Floats, y: Floats, front: Floats) -> None:
    size, power = person.glasses_size, person.glasses_square
    away = np.abs(x) - person.eye_gap
    low = (y - person.eye_height - 0.02) / (size * 0.8)
    ring = np.abs(away / size) ** power + np.abs(low) ** power
    frame = np.exp(-(((ring ** (1 / power) - 1) / 0.09) ** 2))
    bridge = (np.abs(x) < person.eye_gap - size) & (np.abs(y - person.eye_height + 0.03) < 0.018)
    arm = (away > size) & (np.abs(y - person.eye_height) < 0.018)
    _mix(colour, np.maximum(frame, bridge | arm) * front * 0.85, 0.07)
