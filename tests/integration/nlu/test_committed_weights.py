"""The committed weights: the lecture's own sentences, held-out utterances, and the speed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from nlu.batches import Coder
from nlu.data.reading import HAND, read_folder
from nlu.data.splits import split_items
from nlu.decoding import spans_of
from nlu.evaluate import measure
from nlu.evaluation.predicting import guesses
from nlu.pieces import PieceMaker
from nlu.saving import WEIGHTS, load
from nlu.serving.engine import Engine, Parse, Said
from nlu.serving.pack import pack_joint
from nlu.training.own import singles
from nlu.turns import said

COMMITTED = Path(__file__).parents[3] / "nlu" / "weights" / "transformer"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("committed")
    pack_joint(COMMITTED, None, folder)
    return Engine.load(folder)


def slots(engine: Engine, text: str) -> dict[str, str]:
    return {e.slot: text[e.start : e.end] for e in engine.parse(text).entities}


def test_they_are_small_enough_to_be_committed() -> None:
    assert (COMMITTED / WEIGHTS).stat().st_size <= 8_000_000


def test_the_lecture_s_enrollment(engine: Engine) -> None:
    text = "Hi, I want to enroll in CS106A for Winter 2019 to learn coding"
    assert engine.parse(text).intent[0] == "enroll"
    found = slots(engine, text)
    assert {name: found.get(name) for name in ("code", "quarter", "year")} == {
        "code": "CS106A", "quarter": "Winter", "year": "2019",
    }  # fmt: skip


def test_the_lecture_s_question(engine: Engine) -> None:
    text = "Hi, what are the undergraduate level history classes offered in Spring 2019?"
    assert engine.parse(text).intent[0] == "inform"
    assert slots(engine, text) == {
        "level": "undergraduate", "subject": "history", "quarter": "Spring", "year": "2019",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("drop CS106A", "drop"),
        ("swap CS106A for CS106B", "swap"),
        ("what am I enrolled in?", "my_schedule"),
        ("Winter 2019", "answer"),
        ("yes", "affirm"),
        ("no", "deny"),
        ("never mind", "cancel"),
        ("hello", "greet"),
        ("bye", "goodbye"),
        ("thanks", "thank"),
        ("what can you do?", "help"),
        ("can I talk to a human advisor", "handoff"),
        ("run the recycling robot demo", "skill"),
        ("what is a triplet loss", "lecture_question"),
        ("what's the weather today", "other"),
    ],
)
def test_one_plain_sentence_of_each_intent(engine: Engine, text: str, intent: str) -> None:
    assert engine.parse(text).intent[0] == intent


def test_held_out_utterances_stay_above_the_floor(engine: Engine) -> None:
    """A guard against packing broken weights; the figures themselves are in metrics.json."""
    figures = measure(engine, split_items(read_folder(HAND)).dev).summary()
    assert figures["intent_accuracy"] >= 0.85
    assert figures["slot_f1"] >= 0.80
    assert figures["ece"] <= 0.08


def test_packing_for_speed_changes_next_to_nothing(engine: Engine, tmp_path: Path) -> None:
    """8-bit weights: at least 99.5% of held-out predictions are the exact model's."""
    pack_joint(COMMITTED, None, tmp_path, exact=True)
    reference = Engine.load(tmp_path)
    held_out = split_items(read_folder(HAND))
    texts = [item.text for item in (*held_out.dev, *held_out.test)]
    pairs = [(engine.parse(text), reference.parse(text)) for text in texts]
    assert _same(pairs, lambda parse: parse.intent[0]) >= 0.995
    assert _same(pairs, lambda parse: [(e.slot, e.role, e.start) for e in parse.entities]) >= 0.995


@pytest.mark.parametrize("encoder", ["bilstm", "cnn"])
def test_the_other_encoders_serve_as_well(encoder: str, tmp_path: Path) -> None:
    folder = COMMITTED.parent / encoder
    assert (folder / WEIGHTS).stat().st_size <= 8_000_000
    pack_joint(folder, encoder, tmp_path)
    other = Engine.load(tmp_path)
    figures = measure(other, split_items(read_folder(HAND)).dev).summary()
    assert figures["intent_accuracy"] >= 0.83
    assert figures["slot_f1"] >= 0.80
    past = [Said("enroll me in CS106A", True), Said("For which quarter?", False)]
    parse = other.parse("winter 2019", past)
    assert parse.intent[0] == "answer"
    assert sum(parse.attention[:2]) > 0


@pytest.mark.parametrize("encoder", ["transformer", "bilstm", "cnn"])
def test_onnx_and_torch_answer_alike(encoder: str, tmp_path: Path) -> None:
    """Exactly packed: the very ranking and spans of the torch model."""
    folder, items = COMMITTED.parent / encoder, split_items(read_folder(HAND)).dev[::9]
    pack_joint(folder, None, tmp_path, exact=True)
    served = Engine.load(tmp_path).parse_all([item.text for item in items])
    model = load(folder)
    coder = Coder(PieceMaker.load(tmp_path), model.labels)
    encoded = [[coder.encode(turn)] for (turn,) in singles(list(items))]
    for parse, (guess,) in zip(served, guesses(model, encoded), strict=True):
        sure = torch.softmax(torch.tensor(guess.intents), 0)
        assert parse.intent[0] == model.labels.intents[int(sure.argmax())]
        assert parse.intent[1] == pytest.approx(float(sure.max()), abs=1e-3)
        assert len(parse.entities) == len(spans_of(guess.tags))


@pytest.mark.parametrize("encoder", ["transformer", "bilstm", "cnn"])
def test_onnx_and_torch_answer_alike_within_a_conversation(encoder: str, tmp_path: Path) -> None:
    """With what was said before, and the temperature of what follows."""
    folder = COMMITTED.parent / encoder
    pack_joint(folder, None, tmp_path, exact=True)
    served, model = Engine.load(tmp_path), load(folder)
    past = [Said("enroll me in CS106A", True), Said("For which quarter?", False)]
    coder = Coder(PieceMaker.load(tmp_path), model.labels)
    for text in ("spring 2019", "is it hard", "no, 106B", "never mind"):
        talk = [*(said(turn.text, of_user=turn.of_user) for turn in past), said(text, of_user=True)]
        *_, guess = next(guesses(model, [coder.conversation(talk)]))
        sure = torch.softmax(torch.tensor(guess.intents), 0)
        parse = served.parse(text, past)
        assert parse.intent[0] == model.labels.intents[int(sure.argmax())]
        assert parse.intent[1] == pytest.approx(float(sure.max()), abs=1e-3)


def _same(pairs: list[tuple[Parse, Parse]], part: Callable[[Parse], object]) -> float:
    return statistics.mean(part(a) == part(b) for a, b in pairs)


def test_an_utterance_takes_milliseconds(engine: Engine) -> None:
    text = "please enroll me in CS 106A for winter 2019 with 5 units before noon ok thanks"
    times = []
    for _ in range(40):
        started = time.thread_time()
        engine.parse(text)
        times.append(time.thread_time() - started)
    assert statistics.median(times) < 0.015  # about 4 ms on a quiet core
