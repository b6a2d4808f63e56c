"""An explanation as one HTML page that needs nothing else."""

from __future__ import annotations

from html import escape

from nlu.evaluation.explanation import Explanation

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;
 color:#222;background:#fff}
h1{font-size:1.2rem}h2{font-size:1rem;margin:1.6rem 0 .4rem}
mark{padding:.1em .25em;border-radius:.25em}
.row{display:grid;grid-template-columns:12rem 4rem 1fr;gap:.6rem;align-items:center}
.bar{background:#4a7fb5;height:.7rem;border-radius:.2rem}
.slot{border-bottom:2px solid #b5651d}sup{color:#b5651d;font-size:.7em;margin-left:.15em}
"""


def page_of(found: Explanation) -> str:
    """The whole page."""
    intent = escape(found.ranking[0][0])
    parts = [
        f"<h1>{escape(found.text)}</h1>",
        f"<h2>Words that speak for (blue) or against (red) <em>{intent}</em></h2>",
        f"<p>{_words(found)}</p>",
        "<h2>Slots</h2>",
        f"<p>{_slots(found)}</p>",
        "<h2>Intents</h2>",
        *(_row(name, sure) for name, sure in found.ranking[:6]),
    ]
    if found.attention:
        parts.append("<h2>Attention to what was said before</h2>")
        parts += [_row(turn, weight) for turn, weight in found.attention]
    title = escape(found.text[:60])
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{title}</title><style>{_STYLE}</style><body>{''.join(parts)}</body></html>\n"
    )


def _words(found: Explanation) -> str:
    return " ".join(
        f'<mark style="background:{_colour(share)}" title="{share:+.2f}">{escape(word)}</mark>'
        for word, share in zip(found.words, found.shares, strict=True)
    )


def _colour(share: float) -> str:
    hue = "74,127,181" if share >= 0 else "200,70,60"
    return f"rgba({hue},{min(1.0, abs(share)) * 0.6:.2f})"


def _slots(found: Explanation) -> str:
    pieces, position = [], 0
    for entity in found.entities:
        pieces.append(escape(found.text[position : entity.start]))
        value = escape(found.text[entity.start : entity.end])
        label = escape(f"{entity.label} {entity.confidence:.0%}")
        pieces.append(f'<span class="slot">{value}</span><sup>{label}</sup>')
        position = entity.end
    return "".join([*pieces, escape(found.text[position:])])


def _row(name: str, share: float) -> str:
    width = f"{100 * share:.0f}%"
    return (
        f'<div class="row"><span>{escape(name)}</span><span>{share:.1%}</span>'
        f'<div class="bar" style="width:{width}"></div></div>'
    )
