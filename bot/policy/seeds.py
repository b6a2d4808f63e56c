"""Which simulated students are whose: training, dev and evaluation never share one.

A student is made from its number. The first 300,000 and all from two million on are for looking at
what goes wrong; the rest of the first million is kept for evaluation, the next million for
choosing among checkpoints, and each training seed has ten million of its own.
"""

from __future__ import annotations

EVALUATION, DEV, TRAINING = 300_000, 1_000_000, 10_000_000
MOST_EPISODES = 100_000
NOISES = (0.0, 0.1, 0.2, 0.3)  # shares of misheard turns that a training draws from


def evaluated(seed: int, episode: int) -> int:
    """The student of one episode of one evaluation seed (0 to 6)."""
    if not (0 <= seed < 7 and 0 <= episode < MOST_EPISODES):
        raise ValueError(f"evaluation seeds go to 6, episodes to {MOST_EPISODES - 1}")
    return EVALUATION + seed * MOST_EPISODES + episode


def evaluation_of(student: int) -> int:
    """The evaluation seed that a student belongs to."""
    return (student - EVALUATION) // MOST_EPISODES


def dev(episode: int) -> int:
    """The student of one episode of the dev part, the same for all trainings."""
    if not 0 <= episode < 1_000_000:
        raise ValueError("there are a million dev episodes")
    return DEV + episode


def trained(seed: int, episode: int) -> int:
    """The student of one training episode."""
    if not (seed >= 0 and 0 <= episode < 10_000_000):
        raise ValueError("training seeds begin with 0 and have ten million episodes")
    return TRAINING * (1 + seed) + episode


def noise(student: int) -> float:
    """How noisy this student's training episode is."""
    return NOISES[student % len(NOISES)]
