"""What must not stand in a log, by its looks: numbers of people, addresses, tokens, codes.

Stricter than the masking of questions (`knowledge.insights.masking`), which keeps texts readable
for people: a log may lose a harmless number, but never show a student's. Lines are kept.
"""

from __future__ import annotations

import re

from knowledge.logs.names import Names

_SECRETS = (
    (re.compile(r"eyJ[\w\-]+(?:\.[\w\-]*){0,2}"), "[token]"),  # JWT
    (re.compile(r"\b(?:xox[a-z]|xapp)-[\w\-]+", re.IGNORECASE), "[token]"),  # Slack
    (re.compile(r"gAAAA[\w\-]{16,}={0,2}"), "[sealed]"),  # Fernet
    (re.compile(r"\b(bearer|basic) +[^\s\"',;]+", re.IGNORECASE), r"\1 [token]"),
    (
        re.compile(
            r"\b((?:access_|refresh_|id_|client_|signing_)?(?:token|secret|refresh|password|cookie"
            r"|form_key|authorization)s?['\"]?\s{0,2}[=:]\s{0,2}b?['\"]?)(?!\[)[^\s&'\",;}\[][^\s&'\",;}]*",
            re.IGNORECASE,
        ),
        r"\1[secret]",
    ),
    (re.compile(r"\b((?:code|state|nonce|ticket)=)[\w.~%\-]{16,}", re.IGNORECASE), r"\1[secret]"),
    # What `secrets.token_urlsafe` makes: long, with small and large letters and digits.
    (
        re.compile(
            r"(?<![\w\-])(?=[\w\-]*[a-z])(?=[\w\-]*[A-Z])(?=[\w\-]*\d)[\w\-]{40,90}(?![\w\-])"
        ),
        "[secret]",
    ),
)
_EMAIL = re.compile(r"(?<![^\s@<>,;'\"(=])[^\s@<>,;'\"(=]+ ?(?:@|%40) ?[^\s@<>,;'\")]+")
_DIGIT = r"(?:%3\d|\d)"
# What may stand between digits, seen or not: someone may group a number, or hide it.
_BETWEEN = r"[ \t.\-()/_\u00a0\u00ad\u2009\u200b-\u200f\u2010-\u2015\u202f\u2060\ufeff]{0,3}"
_SHORTEST_NUMBER = 7  # digits of a student number; a class id or a port has fewer
_KEPT = (
    r"(?<![0-9A-Za-z])(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{24,}(?![0-9A-Za-z])"  # ids drawn by chance
    r"|(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d"  # moments
    r"(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:[.,]\d{1,6})?)?)?(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d[-/–](?:19|20)\d\d(?!\d)"  # academic years
)
_NUMBER = re.compile(
    rf"(?P<kept>{_KEPT})|{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{{_SHORTEST_NUMBER - 1},}}"
)


def mask(text: str, names: Names | None = None) -> str:
    """The text without what may lead to a person or open a door; masking again changes nothing."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    text = _EMAIL.sub("[e-mail]", text)
    text = _NUMBER.sub(lambda found: found["kept"] or "[number]", text)
    return names.mask(text) if names is not None else text
