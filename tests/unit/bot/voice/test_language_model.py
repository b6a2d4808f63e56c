"""The model behind the recogniser: its probabilities, its words, its classes."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from pocketsphinx import get_model_path

from bot.voice.evaluation.spoken_set import CODE, sentences
from bot.voice.language.building import LEXICON, LanguageFiles, language_files
from bot.voice.language.classes import written
from bot.voice.language.corpus import sentences as learnt
from bot.voice.language.kneser_ney import END, START, estimate
from bot.voice.language.letter_sounds import sounds_by_rule
from bot.voice.spoken import words_of
from nlu.data.generator import Vocabulary

GENERAL = Path(get_model_path("en-us/cmudict-en-us.dict"))
SOUNDS = frozenset(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W "
    "Y Z ZH".split()
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> LanguageFiles:
    return language_files(tmp_path_factory.mktemp("kept"), GENERAL)


def test_probabilities_after_any_context_sum_to_one() -> None:
    texts = ["put me in [code]", "put me in [code] please", "drop [code]", "what is [code] about"]
    model = estimate((tuple(text.split()), 1.0) for text in texts)
    words = {word for text in texts for word in text.split()} | {END}
    for context in [(), (START,), (START, "put"), ("in", "[code]"), ("never", "said"), ("drop",)]:
        total = sum(10 ** model.score(context, word) for word in words)
        assert math.isclose(total, 1.0, abs_tol=1e-6), context


def test_more_weight_makes_a_sentence_likelier() -> None:
    plain = estimate([(("a", "b"), 1.0), (("a", "c"), 1.0)])
    heavy = estimate([(("a", "b"), 5.0), (("a", "c"), 1.0)])
    assert heavy.score((START, "a"), "b") > plain.score((START, "a"), "b")


def test_every_code_of_the_catalogue_can_be_heard(files: LanguageFiles) -> None:
    codes = json.loads(LEXICON.read_text())["code"]
    assert set(files.codes) == set(codes)
    said = {line.split()[0] for line in files.dictionary.read_text().splitlines()}
    assert {f"{code}~code" for code in codes} <= said


def test_the_dictionary_knows_only_the_model_s_sounds(files: LanguageFiles) -> None:
    for line in files.dictionary.read_text().splitlines():
        word, *sounds = line.split()
        assert sounds, word
        assert set(sounds) <= SOUNDS, line


def test_a_second_start_builds_nothing(files: LanguageFiles) -> None:
    before = files.control.stat().st_mtime_ns
    again = language_files(files.folder.parent, GENERAL)
    assert again == files
    assert again.control.stat().st_mtime_ns == before
    assert [path.name for path in files.folder.parent.iterdir()] == [files.folder.name]


def test_members_are_written_as_values() -> None:
    assert written("machine_learning~title") == "machine learning"
    assert written("CS106A~code") == "CS106A"


@pytest.mark.parametrize("name", ["szarkowski", "thistlewood", "yamoah", "x", "grove"])
def test_names_have_sounds(name: str) -> None:
    assert set(sounds_by_rule(name).split()) <= SOUNDS
    assert sounds_by_rule(name)


def test_the_spoken_sentences_are_in_no_training_text() -> None:
    corpus = learnt(Vocabulary.read())
    known = {" ".join(word for word in each.words if word != "[code]") for each in corpus}
    for part in ("dev", "test"):
        outlines = {" ".join(words_of(CODE.sub("@", text))) for text in sentences(part)}
        assert outlines & known == set()


def test_the_parts_share_no_sentence_and_hold_enough_codes() -> None:
    dev, test = sentences("dev"), sentences("test")
    assert not {CODE.sub("@", text) for text in dev} & {CODE.sub("@", text) for text in test}
    assert len(test) >= 190
    for part in (dev, test):
        assert sum(bool(CODE.search(text)) for text in part) >= 0.8 * len(part)
