"""Why the model reads an utterance so: `python -m nlu.explain "…" [--after TURN …] [--html FILE]`.

The intents' ranking, the tags with their confidences, what of the conversation was attended to, and
each word's share in the likeliest intent: layer integrated gradients on the piece vectors
(Sundararajan et al. 2017), summed by word, against an utterance of padding.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from captum.attr import LayerIntegratedGradients
from torch import Tensor, nn

from nlu.batches import Batch, Coder, coder_of, collate
from nlu.encoders.location import DEFAULT, kind_of
from nlu.entities import entities
from nlu.evaluation.explanation import Explanation
from nlu.evaluation.page import page_of
from nlu.evaluation.predicting import chain_of
from nlu.model import JointModel, Remembered, at_words
from nlu.saving import load
from nlu.turns import Turn, said
from nlu.words import split

_STEPS = 32


def explain(model: JointModel, coder: Coder, text: str, past: Sequence[str] = ()) -> Explanation:
    """Explain one utterance after a conversation whose turns alternate, the user's last but one.

    ValueError: there is no word to explain.
    """
    words = split(text).words
    if not words:
        raise ValueError("nothing was said")
    of_user = [(len(past) - place) % 2 == 0 for place in range(len(past))]
    turns = [said(turn, of_user=user) for turn, user in zip(past, of_user, strict=True)]
    batch = collate([coder.conversation([*turns, Turn(tuple(w.text for w in words))])])
    with torch.no_grad():
        output = model(batch.pieces, batch.mask, batch.history, batch.of_user)
    sure = torch.softmax(output.intents[-1], 0)
    order = torch.argsort(sure, descending=True).tolist()
    scores = at_words(output.tags, batch.first)[-1, : len(words)].numpy()
    named = [*reversed(past[-batch.history.shape[1] :]), "(none of them)"]
    weights = [] if output.attention is None else output.attention[-1].tolist()
    kept = [*weights[: len(named) - 1], *weights[-1:]]
    return Explanation(
        text,
        tuple(word.text for word in words),
        tuple((model.labels.intents[index], float(sure[index])) for index in order),
        tuple(entities(words, scores, chain_of(model))),
        tuple(_shares(model, batch, order[0])[: len(words)]),
        tuple(zip(named, kept, strict=False)),
    )


def _shares(model: JointModel, batch: Batch, intent: int) -> list[float]:
    """Each word's attribution, scaled so that the largest is 1 in size."""
    with torch.no_grad():
        pooled = model.encode(batch.pieces, batch.mask)[1]
    places = batch.history[-1:].clamp(min=0)
    past = Remembered(pooled[places], (batch.history[-1:] >= 0).long(), batch.of_user[places])

    def score(pieces: Tensor, mask: Tensor) -> Tensor:
        rows = len(pieces)
        many = Remembered(*(part.expand(rows, *part.shape[1:]) for part in vars(past).values()))
        return model.decide(*model.encode(pieces, mask), many).intents[:, intent]

    pieces, mask = batch.pieces[-1:], batch.mask[-1:]
    baseline = torch.zeros_like(pieces)
    baseline[:, 0] = pieces[:, 0]
    layer = LayerIntegratedGradients(score, _vectors(model))
    found = layer.attribute(
        pieces, baselines=baseline, additional_forward_args=(mask,), n_steps=_STEPS,
        internal_batch_size=8,
    )  # fmt: skip
    by_piece = found.sum(dim=-1)[0]
    first = [place for place in batch.first[-1].tolist() if place]
    ends = [*first[1:], int(mask.sum()) - 1]
    shares = [float(by_piece[a:b].sum()) for a, b in zip(first, ends, strict=True)]
    largest = max(map(abs, shares), default=0.0) or 1.0
    return [share / largest for share in shares]


def _vectors(model: JointModel) -> nn.Module:
    """The layer that turns pieces into vectors."""
    named = dict(model.encoder.named_modules())
    return next(part for name, part in named.items() if isinstance(part, nn.Embedding))


def lines_of(found: Explanation) -> list[str]:
    """For the terminal."""
    lines = [found.text, "", "intent"]
    lines += [f"  {name:18} {sure:6.1%}" for name, sure in found.ranking[:5]]
    lines.append("slots")
    for entity in found.entities:
        value = found.text[entity.start : entity.end]
        lines.append(f"  {entity.label:18} {entity.confidence:6.1%}  {value}")
    lines.append("memory")
    lines += [f"  {weight:6.1%}  {turn[:80]}" for turn, weight in found.attention]
    lines.append(f"words, for {found.ranking[0][0]}")
    for word, share in zip(found.words, found.shares, strict=True):
        bar = ("+" if share > 0 else "-") * round(20 * abs(share))
        lines.append(f"  {word:18} {share:+.2f} {bar}")
    return lines


def main(argv: list[str] | None = None) -> int:
    """Print the explanation; with --html write the page too."""
    parser = argparse.ArgumentParser(prog="python -m nlu.explain", description=__doc__)
    parser.add_argument("text")
    parser.add_argument("--after", action="append", default=[], help="an earlier turn; repeatable")
    parser.add_argument("--html", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("nlu/weights"))
    parser.add_argument("--encoder", default=DEFAULT)
    args = parser.parse_args(argv)
    model = load(args.weights / kind_of(args.encoder), args.encoder)
    try:
        found = explain(model, coder_of(args.encoder), args.text, args.after)
    except ValueError as error:
        parser.exit(2, f"{error}\n")
    print("\n".join(lines_of(found)))
    if args.html:
        args.html.write_text(page_of(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
