"""Subjects as students write them ("comp sci", "history department") → subject codes."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from knowledge.catalogue.index import Snapshot

_ALIASES = {
    "comp sci": "CS",
    "compsci": "CS",
    "computer science": "CS",
    "computing": "CS",
    "poli sci": "POLISCI",
    "polisci": "POLISCI",
    "political science": "POLISCI",
    "politics": "POLISCI",
    "government": "POLISCI",
    "maths": "MATH",
    "mathematics": "MATH",
    "econ": "ECON",
    "bio": "BIO",
    "psych": "PSYCH",
    "stats": "STATS",
    "stat": "STATS",
    "hist": "HISTORY",
    "lit": "ENGLISH",
    "literature": "ENGLISH",
    "ee": "EE",
    "electrical engineering": "EE",
    "mech e": "ME",
    "meche": "ME",
    "management science": "MS&E",
    "mse": "MS&E",
    "ling": "LINGUIST",
    "soc": "SOC",
    "comms": "COMM",
    "spanish": "SPANLANG",
    "art history": "ARTHIST",
    "bioe": "BIOE",
    "writing": "PWR",
}
_NOISE = re.compile(r"\b(department|dept|major|courses?|class(es)?|the|of|in|s)\b")
_LIKENESS = 84


def subject_codes(snapshot: Snapshot, text: str) -> list[str]:
    """The subject codes a text names: by code, alias, department name, then likeness; or none."""
    wanted = " ".join(_NOISE.sub(" ", text.lower().replace("'", " ")).split())
    known = {department.code for department in snapshot.departments}
    if wanted.upper().replace(" ", "") in known:
        return [wanted.upper().replace(" ", "")]
    alias = _ALIASES.get(wanted)
    if alias in known:
        return [alias]
    return _by_name(snapshot, wanted)


def _by_name(snapshot: Snapshot, wanted: str) -> list[str]:
    if not wanted:
        return []
    scored = [
        (max(fuzz.ratio(wanted, name), _inside(wanted, name)), department.code)
        for department in snapshot.departments
        for name in (department.name.lower(), department.code.lower())
    ]
    best = max(scored, default=(0, ""))
    if best[0] < _LIKENESS:
        return []
    return sorted({code for score, code in scored if score >= best[0]})


def _inside(wanted: str, name: str) -> float:
    return 90.0 if re.search(rf"\b{re.escape(wanted)}\b", name) else 0.0
