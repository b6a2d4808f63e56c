"""Measures what is understood: `python -m bot.voice.evaluate --split test --seed 0 --json`.

Synthetic voices speak our own sentences; the recogniser and the NLU do the rest. Needs
`make voice`; with `make flite` there is a second synthesiser, whose voices stem from recordings.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bot.voice.engines.choosing import recogniser
from bot.voice.errors import NothingHeard
from bot.voice.evaluation.scoring import Outcome, summary
from bot.voice.evaluation.spoken_set import Utterance, utterances
from bot.voice.speech import Recogniser
from knowledge.settings import Settings
from nlu.normalise import codes
from nlu.serving.engine import Engine

_WEIGHTS = Path("nlu/weights/transformer")
Meaning = tuple[str, frozenset[tuple[str, str]]]


def measured(
    said: Iterable[Utterance], ear: Recogniser, meaning: Callable[[str], Meaning]
) -> list[Outcome]:
    """What became of each utterance."""
    outcomes: list[Outcome] = []
    for each in said:
        started = time.process_time()
        try:
            heard = ear.hear(each.samples).text
        except NothingHeard:
            heard = ""
        spent = time.process_time() - started
        wanted, found = meaning(each.text), meaning(heard) if heard else ("", frozenset())
        seconds = len(each.samples) / 16_000
        kept = wanted[0] == found[0], wanted[1] == found[1]
        outcomes.append(Outcome(each.text, heard, each.voice, each.condition, seconds, spent, *kept))
    return outcomes


def meaning_by(engine: Engine) -> Callable[[str], Meaning]:
    """Intent and slots of a text; codes are compared as codes, all else without case."""

    def meaning(text: str) -> Meaning:
        parse = engine.parse(text)
        slots: set[tuple[str, str]] = set()
        for entity in parse.entities:
            value = text[entity.start : entity.end]
            read = codes(value) if entity.slot == "code" else ()
            slots |= {(entity.slot, part) for part in (read or (value.lower(),))}
        return parse.intent[0], frozenset(slots)

    return meaning


def report(outcomes: list[Outcome], split: str, seed: int, engine: str) -> dict[str, Any]:
    """All figures: together, in quiet, by voice in quiet, and by noise."""
    quiet = [outcome for outcome in outcomes if outcome.condition == "clean"]
    cpu = sum(outcome.cpu_seconds for outcome in outcomes)
    return {
        "split": split,
        "seed": seed,
        "engine": engine,
        "voices": "synthetic",
        "all": summary(outcomes, seed),
        "clean": summary(quiet, seed),
        "by_voice": _grouped(quiet, lambda outcome: outcome.voice, seed),
        "by_noise": _grouped(outcomes, lambda outcome: outcome.condition, seed),
        "cpu_seconds_per_second": round(cpu / sum(outcome.seconds for outcome in outcomes), 3),
    }


def _grouped(outcomes: list[Outcome], key: Callable[[Outcome], str], seed: int) -> dict[str, Any]:
    names = sorted({key(outcome) for outcome in outcomes})
    return {name: summary([o for o in outcomes if key(o) == name], seed) for name in names}


def main(argv: list[str] | None = None) -> int:
    """Measure and print, one JSON line last."""
    parser = argparse.ArgumentParser(prog="python -m bot.voice.evaluate", description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=int, help="of sentences, for a quick look")
    parser.add_argument("--show", action="store_true", help="print what was misheard")
    parser.add_argument("--json", action="store_true", help="print the JSON line alone")
    args = parser.parse_args(argv)
    settings = Settings.from_env()
    ear = recogniser(settings.voice, settings.var / "voice")
    said = utterances(args.split, args.seed, args.limit)
    outcomes = measured(said, ear, meaning_by(_nlu()))
    for outcome in outcomes if args.show else ():
        if outcome.words[0]:
            print(f"{outcome.voice} | {outcome.condition} | {outcome.text} | {outcome.heard}")
    found = report(outcomes, args.split, args.seed, ear.name)
    if not args.json:
        for name in ("all", "clean"):
            print(f"{name}: {found[name]}")
    print(json.dumps(found))
    return 0


def _nlu() -> Engine:
    """The committed NLU, packed for this run."""
    from nlu.serving.pack import pack_joint  # torch is needed for packing alone

    with tempfile.TemporaryDirectory() as folder:
        pack_joint(_WEIGHTS, None, Path(folder))
        return Engine.load(Path(folder))


if __name__ == "__main__":
    sys.exit(main())
