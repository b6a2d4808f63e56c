"""Sounds of words that no dictionary holds, by rule: family names, rare titles.

Longest spelling first, in the ARPAbet of the CMU dictionary. It is a guess as an English reader
would make it, which is what a recogniser needs: it is better than not knowing the word at all.
"""

from __future__ import annotations

_RULES = {
    "sch": "SH", "tch": "CH", "igh": "AY", "ough": "AO", "augh": "AO", "tion": "SH AH N",
    "sion": "ZH AH N", "eau": "OW", "szcz": "SH CH", "dge": "JH", "sz": "SH", "cz": "CH",
    "zh": "ZH", "kh": "K", "ch": "CH", "sh": "SH", "th": "TH", "ph": "F", "wh": "W", "gh": "G",
    "ck": "K", "ng": "NG", "qu": "K W", "kn": "N", "wr": "R", "ee": "IY", "ea": "IY", "ei": "AY",
    "ey": "IY", "ai": "EY", "ay": "EY", "oa": "OW", "oo": "UW", "ou": "AW", "ow": "OW", "oi": "OY",
    "oy": "OY", "au": "AO", "aw": "AO", "ie": "IY", "ue": "UW", "ew": "UW", "eu": "UW",
    "ar": "AA R", "er": "ER", "ir": "ER", "or": "AO R", "ur": "ER", "bb": "B", "dd": "D", "ff": "F",
    "gg": "G", "kk": "K", "ll": "L", "mm": "M", "nn": "N", "pp": "P", "rr": "R", "ss": "S",
    "tt": "T", "vv": "V", "zz": "Z", "ce": "S", "ci": "S IH", "cy": "S IY", "a": "AE", "b": "B",
    "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH", "k": "K",
    "l": "L", "m": "M", "n": "N", "o": "OW", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T",
    "u": "AH", "v": "V", "w": "W", "x": "K S", "y": "IY", "z": "Z",
}  # fmt: skip
_ENDINGS = {"a": "AH", "o": "OW", "i": "IY", "u": "UW", "es": "IY Z", "e": "IY", "y": "IY"}
_STARTS = {"y": "Y", "x": "Z", "ts": "S", "mb": "M B", "ng": "N G"}
_SILENT_E = 4  # a word of so many letters drops its last "e": "grove", "lane"


def sounds_by_rule(word: str) -> str:
    """The sounds of a word in lower case; "" when it has no letters."""
    letters = "".join(character for character in word.lower() if "a" <= character <= "z")
    start = next((s for s in _STARTS if letters.startswith(s)), "")
    sounds = [_STARTS[start]] if start else []
    rest = letters[len(start) :]
    ending = next((e for e in _ENDINGS if len(rest) > len(e) and rest.endswith(e)), "")
    if ending == "e" and len(letters) >= _SILENT_E and len(rest) > 2:
        rest, ending = rest[:-1], ""
    sounds += _spell(rest[: len(rest) - len(ending)])
    if ending:
        sounds.append(_ENDINGS[ending])
    return " ".join(sounds)


def _spell(letters: str) -> list[str]:
    sounds: list[str] = []
    position = 0
    while position < len(letters):
        for length in (4, 3, 2, 1):
            piece = letters[position : position + length]
            if piece in _RULES:
                sounds.append(_RULES[piece])
                position += len(piece)
                break
    return sounds
