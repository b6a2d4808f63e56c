"""Builds the decoder's files from a lexicon and keeps them under a name that says from what."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.voice.language.classes import LIKELY, Member, members
from bot.voice.language.corpus import Weighted, known_only, sentences
from bot.voice.language.kneser_ney import estimate
from bot.voice.language.pronunciations import Pronunciations
from nlu.data.generator import Vocabulary

_FORM = 1  # raise it when what is built changes
_NLU_DATA = Path(__file__).parents[3] / "nlu" / "data"
LEXICON = _NLU_DATA / "lexicon.json"


@dataclass(frozen=True)
class LanguageFiles:
    """What the decoder reads."""

    folder: Path

    @property
    def control(self) -> Path:
        """The language model with its classes."""
        return self.folder / "quad.ctl"

    @property
    def dictionary(self) -> Path:
        """Every word's sounds."""
        return self.folder / "quad.dict"

    @property
    def codes(self) -> tuple[str, ...]:
        """The course codes it was built for."""
        return tuple(json.loads((self.folder / "codes.json").read_text()))


def language_files(kept: Path, general: Path, lexicon: Path = LEXICON) -> LanguageFiles:
    """The files for a lexicon, built (in some seconds) when they are not there yet.

    `general` is the dictionary that comes with the acoustic model. Two processes may build at
    once: each writes a folder of its own, and the first to be done gives it the name.
    """
    folder = kept / f"language-{_digest(lexicon)}"
    if not (folder / "quad.ctl").exists():
        kept.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".language-", dir=kept))
        try:
            build(fresh, general, lexicon)
            fresh.rename(folder)
        except OSError:
            shutil.rmtree(fresh, ignore_errors=True)
            if not (folder / "quad.ctl").exists():
                raise
    return LanguageFiles(folder)


def _digest(lexicon: Path) -> str:
    """Changes with whatever the files are made of."""
    sources = [
        lexicon,
        *sorted(_NLU_DATA.glob("hand/*.yml")),
        *sorted(_NLU_DATA.glob("templates/*.yml")),
    ]
    sources += [_NLU_DATA / "vocabulary.yml", *_own_sources()]
    joined = hashlib.sha256(str(_FORM).encode())
    for path in sources:
        joined.update(path.read_bytes())
    return joined.hexdigest()[:16]


def _own_sources() -> list[Path]:
    """The code that decides what is built."""
    here = Path(__file__).parent
    return sorted([*here.glob("*.py"), *(here.parent / "spoken").glob("*.py")])


def build(folder: Path, general: Path, lexicon: Path) -> None:
    """Write all files into an empty folder."""
    sounds = Pronunciations.read(general)
    vocabulary = Vocabulary.read(lexicon)
    of_class = members(vocabulary.values, sounds)
    corpus = list(known_only(sentences(vocabulary), sounds.known))
    plain = {word for each in corpus for word in each.words if not word.startswith("[")}
    _write_model(folder / "quad.lm", corpus, plain)
    _write_classes(folder / "quad.classes", of_class)
    _write_dictionary(folder / "quad.dict", plain, of_class, sounds)
    codes = [member.word.partition("~")[0] for member in of_class["code"]]
    (folder / "codes.json").write_text(json.dumps(codes))
    names = " ".join(f"[{name}]" for name in of_class)
    # Paths in a control file are relative to it.
    (folder / "quad.ctl").write_text(f"{{ quad.classes }}\nquad.lm quad {{ {names} }}\n")


def _write_model(path: Path, corpus: Iterable[Weighted], plain: set[str]) -> None:
    model = estimate((each.words, each.weight) for each in corpus)
    with path.open("w", encoding="ascii") as out:
        model.write(out)


def _write_classes(path: Path, of_class: Mapping[str, tuple[Member, ...]]) -> None:
    with path.open("w", encoding="ascii") as out:
        for name, values in of_class.items():
            out.write(f"LMCLASS [{name}]\n")
            likely = LIKELY[name] / len(values)
            out.writelines(f"{member.word} {likely:.8f}\n" for member in values)
            out.write(f"END [{name}]\n")


def _write_dictionary(
    path: Path,
    plain: Iterable[str],
    of_class: Mapping[str, tuple[Member, ...]],
    sounds: Pronunciations,
) -> None:
    entries = [(word, sounds.of(word)) for word in sorted(plain)]
    entries += [(m.word, m.sounds) for values in of_class.values() for m in values]
    with path.open("w", encoding="ascii") as out:
        for word, ways in entries:
            for place, way in enumerate(ways, 1):
                out.write(f"{word}{f'({place})' if place > 1 else ''} {way}\n")
