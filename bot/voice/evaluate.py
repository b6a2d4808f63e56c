"""Measures what is understood: `python -m bot.voice.evaluate --split test --seed 0 --json`.

Synthetic voices speak our own sentences; the recogniser and the NLU do the rest. Needs
`make voice`; with `make flite` there is a second synthesiser, whose voices stem from recordings.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bot.voice.engines.choosing import engines, recogniser
from bot.voice.errors import NothingHeard
from bot.voice.evaluation.scoring import Outcome, summary
from bot.voice.evaluation.spoken_set import Utterance, utterances
from bot.voice.evaluation.voices import Part
from bot.voice.speech import Recogniser
from knowledge.settings import Settings
from nlu.normalise.codes import codes
from nlu.serving.engine import Engine

Meaning = tuple[str, frozenset[tuple[str, str]]]


def measured(
    said: Iterable[Utterance],
    ear: Recogniser,
    meaning: Callable[[str], Meaning],
    *,
    show: bool = False,
) -> list[Outcome]:
    """What became of each utterance."""
    outcomes: list[Outcome] = []
    for each in said:
        samples = each.synthesised()
        started = time.process_time()
        try:
            heard = ear.hear(samples).text
        except NothingHeard:
            heard = ""
        spent = time.process_time() - started
        wanted, found = meaning(each.text), meaning(heard) if heard else ("", frozenset())
        seconds = len(samples) / 16_000
        kept = wanted[0] == found[0], wanted[1] == found[1]
        outcomes.append(
            Outcome(each.text, heard, each.voice, each.condition, seconds, spent, *kept)
        )
        if show:
            print(f"{each.voice}, {each.condition}: {each.text} -> {heard}", file=sys.stderr)
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
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--show", action="store_true", help="print each utterance when it is done")
    parser.add_argument("--json", action="store_true", help="print the JSON line alone")
    args = parser.parse_args(argv)
    settings = Settings.from_env()
    given = args.split, args.seed, args.limit, args.jobs, args.show
    shares = [(*given, number) for number in range(args.jobs)]
    with ProcessPoolExecutor(args.jobs, multiprocessing.get_context("spawn")) as pool:
        outcomes = [outcome for share in pool.map(_share, shares) for outcome in share]
    found = report(outcomes, args.split, args.seed, engines(settings.voice).hear or "")
    if not args.json:
        for name in ("all", "clean"):
            print(f"{name}: {found[name]}")
    print(json.dumps(found))
    return 0


def _share(args: tuple[str, int, int | None, int, bool, int]) -> list[Outcome]:
    """One process's share: every so many-th utterance."""
    split, seed, limit, jobs, show, number = args
    settings = Settings.from_env()
    ear = recogniser(settings.voice, settings.var / "voice")
    part: Part = "test" if split == "test" else "dev"
    said = utterances(part, seed, limit)[number::jobs]
    meaning = meaning_by(_nlu(settings.var / "models" / "quad.tar.gz"))
    return measured(said, ear, meaning, show=show)


def _nlu(archive: Path) -> Engine:
    """The NLU as `make model` packed it for the bot."""
    with tempfile.TemporaryDirectory() as name, tarfile.open(archive) as packed:
        folder = Path(name)
        for member in packed.getmembers():
            if "QuadNLU" in member.name and member.isfile():
                member.name = Path(member.name).name
                packed.extract(member, folder, filter="data")
        return Engine.load(folder)


if __name__ == "__main__":
    sys.exit(main())
