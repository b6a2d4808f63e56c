"""How bright and what colour the light is at a height of the sun, for generated scenes.

The rule that says what dawn is was decided before anything was measured, and is the almanac's:

- by **day** the sun stands above the horizon (its upper rim: centre above −0.833°), y = 0;
- by **night** it does not, y = 1;
- **dusk** (or dawn; a picture does not tell which) is the hard slice on both sides of that line,
  from the end of civil twilight at −6° to the end of the photographers' golden hour at +6°.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float32]  # [3], linear red, green, blue
SUNSET = -0.833  # degrees: the upper rim touches the horizon, refraction included
DUSK = (-6.0, 6.0)
_HEIGHTS = (-18.0, -12.0, -6.0, -0.833, 6.0, 20.0, 60.0)
_LOG_LUX = (-3.0, -2.1, 0.53, 2.6, 3.7, 4.4, 5.0)  # of the open sky at these heights, clear


@dataclass(frozen=True)
class Light:
    """What lights a scene; colours are relative, `lux` is absolute."""

    lux: float  # on the ground, from sky and sun
    zenith: Colour
    horizon: Colour
    sun: Colour  # of the direct light, zero when there is none
    lamps: float  # share of lamps and windows that are lit


def is_night(height: float) -> bool:
    """The label: whether the sun has set."""
    return height < SUNSET


def is_dusk(height: float) -> bool:
    """Whether a scene belongs to the hard slice."""
    return DUSK[0] <= height <= DUSK[1]


def light_of(height: float, clouds: float, glow: float) -> Light:
    """The light for a sun's height (degrees) under clouds (0 to 1), with a town's glow (lux)."""
    lux = 10 ** float(np.interp(height, _HEIGHTS, _LOG_LUX)) * (1 - 0.75 * clouds)
    low = math.exp(-((height / 7) ** 2))  # the colours of a low sun
    night = float(np.interp(height, (-12.0, -6.0), (1.0, 0.0)))
    blue, grey = _rgb(0.28, 0.5, 1.0), _rgb(0.8, 0.88, 1.0)
    zenith = _mixed(_mixed(blue, grey, clouds), _rgb(0.2, 0.3, 0.9), low * (1 - clouds))
    horizon = _mixed(_mixed(_rgb(0.75, 0.88, 1.0), grey, clouds), _rgb(1.0, 0.5, 0.22), low * 0.8)
    # At night the sky has the colour of the street lamps below it.
    lit = _rgb(1.0, 0.62, 0.3)
    share = glow / (glow + lux)
    sun = _mixed(_rgb(1.0, 0.92, 0.8), _rgb(1.0, 0.5, 0.2), low) * max(0.0, 1 - clouds)
    return Light(
        lux=lux + glow,
        zenith=_mixed(zenith, lit, share) * np.float32(1 - 0.4 * night),
        horizon=_mixed(horizon, lit, share),
        sun=sun * np.float32(height > SUNSET),
        lamps=float(np.interp(height, (-4.0, 5.0), (1.0, 0.03))),
    )


def _rgb(red: float, green: float, blue: float) -> Colour:
    return np.array([red, green, blue], dtype=np.float32)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    return one * np.float32(1 - share) + other * np.float32(share)
