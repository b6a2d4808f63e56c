"""How words sound: the dictionary that comes with the acoustic model, letters, and rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.voice.language.letter_sounds import sounds_by_rule

_MOST = 3  # ways to say one word
_MOST_OF_PHRASE = 4
_VARIANT = re.compile(r"\(\d+\)$")
LETTERS = {
    "a.": "EY", "b.": "B IY", "c.": "S IY", "d.": "D IY", "e.": "IY", "f.": "EH F", "g.": "JH IY",
    "h.": "EY CH", "i.": "AY", "j.": "JH EY", "k.": "K EY", "l.": "EH L", "m.": "EH M",
    "n.": "EH N", "o.": "OW", "p.": "P IY", "q.": "K Y UW", "r.": "AA R", "s.": "EH S",
    "t.": "T IY", "u.": "Y UW", "v.": "V IY", "w.": "D AH B AH L Y UW", "x.": "EH K S",
    "y.": "W AY", "z.": "Z IY",
}  # fmt: skip
# What the dictionary lacks or gives too slowly for running speech.
_OWN = {
    "comp": ("K AA M P",), "sci": ("S AY",), "poli": ("P AA L IY", "P OW L IY"),
    "psych": ("S AY K",), "econ": ("IY K AA N", "EH K AA N"), "chem": ("K EH M",),
    "stats": ("S T AE T S",), "comm": ("K AA M",), "soc": ("S OW SH", "S AA K"),
    "phil": ("F IH L",),
    "hist": ("HH IH S T",), "prereq": ("P R IY R EH K",), "prereqs": ("P R IY R EH K S",),
    "bioengineering": ("B AY OW EH N JH AH N IH R IH NG",), "sys": ("S IH S",),
    "one": ("W AH N",),
    "hundred": ("HH AH N D R AH D", "HH AH N ER D", "HH AH N D R IH D"),
    "waitlist": ("W EY T L IH S T",), "waitlisted": ("W EY T L IH S T IH D",),
    "enrol": ("EH N R OW L",),
    "enroll": ("EH N R OW L", "IH N R OW L"), "oh": ("OW",), "lang": ("L AE NG",),
    "twenty": ("T W EH N T IY", "T W EH N IY"), "econometrics": ("IH K AA N AH M EH T R IH K S",),
}  # fmt: skip


@dataclass(frozen=True)
class Pronunciations:
    """Ways to say words and phrases, in the sounds of the acoustic model."""

    known: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, path: Path) -> Pronunciations:
        """Read a dictionary in the CMU form: `word(2) S AH N D`."""
        known: dict[str, list[str]] = {}
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                word, _, sounds = line.strip().partition(" ")
                known.setdefault(_VARIANT.sub("", word), []).append(sounds.strip())
        ways = {word: tuple(dict.fromkeys(all_ways))[:_MOST] for word, all_ways in known.items()}
        letters = {letter: (sounds,) for letter, sounds in LETTERS.items()}
        return cls({**ways, **letters, **_OWN})

    def knows(self, word: str) -> bool:
        """Whether a word needs no rule."""
        return word in self.known

    def of(self, word: str) -> tuple[str, ...]:
        """The ways to say a word; by rule when no dictionary has it."""
        if word in self.known:
            return self.known[word]
        stem = word.removesuffix("'s")
        if stem != word and stem in self.known:
            return tuple(f"{way} Z" for way in self.known[stem])
        guess = sounds_by_rule(word)
        return (guess,) if guess else ()

    def of_phrase(self, words: str, most: int = _MOST_OF_PHRASE) -> tuple[str, ...]:
        """The ways to say several words in one breath, the likeliest first.

        After the usual sounds of all words come those where one word is said otherwise.
        """
        ways = [self.of(word) for word in words.split()]
        if not all(ways):
            return ()
        usual = [way[0] for way in ways]
        joined = [usual] + [
            [*usual[:place], other, *usual[place + 1 :]]
            for place, way in enumerate(ways)
            for other in way[1:]
        ]
        return tuple(" ".join(parts) for parts in joined[:most])
