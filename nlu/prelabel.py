"""Labels raw utterances for a person to correct: `python -m nlu.prelabel FILE > draft.yml`.

FILE holds one utterance a line, "-" is standard input. The draft is in the format of
nlu/data/hand, grouped by the intent that the committed model sees, the unsurest first; a comment
tells how sure it is. Nothing of it is data before a person has read it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from nlu.data.items import Item, Span
from nlu.data.reading import to_markup
from nlu.encoders.location import DEFAULT, kind_of
from nlu.serving.engine import Engine, Parse


def draft(texts: Iterable[str], engine: Engine, author: str) -> str:
    """The utterances as a YAML draft, without repetitions and empty lines."""
    wanted = dict.fromkeys(" ".join(text.split()) for text in texts)
    parses = [(text, engine.parse(text)) for text in wanted if text]
    lines = ['version: "3.1"', "nlu:"]
    for intent in sorted({parse.intent[0] for _, parse in parses}):
        lines += [f"- intent: {intent}", f"  metadata: {{family: {intent}, author: {author}}}"]
        lines.append("  examples: |")
        own = [pair for pair in parses if pair[1].intent[0] == intent]
        for text, parse in sorted(own, key=lambda pair: _sureness(pair[1])):
            lines.append(f"    - {to_markup(_item(text, parse, author))}")
    return "\n".join(lines) + "\n"


def doubts(texts: Iterable[str], engine: Engine, below: float = 0.8) -> list[str]:
    """One line for each utterance that the model is unsure of: what to look at first."""
    found: list[tuple[float, str]] = []
    for text in dict.fromkeys(" ".join(text.split()) for text in texts):
        parse = engine.parse(text)
        if text and (sure := _sureness(parse)) < below:
            found.append((sure, f"{sure:.2f} {parse.intent[0]:16} {text}"))
    return [line for _, line in sorted(found)]


def _sureness(parse: Parse) -> float:
    return min([parse.intent[1], *(entity.confidence for entity in parse.entities)])


def _item(text: str, parse: Parse, author: str) -> Item:
    spans = tuple(Span(entity.start, entity.end, entity.label) for entity in parse.entities)
    return Item(text, parse.intent[0], spans, parse.intent[0], author)


def main(argv: list[str] | None = None) -> int:
    """The draft on standard output, the doubtful ones on standard error."""
    parser = argparse.ArgumentParser(prog="python -m nlu.prelabel", description=__doc__)
    parser.add_argument("file", help='one utterance a line; "-" for standard input')
    parser.add_argument("--author", default="unknown")
    parser.add_argument("--weights", type=Path, default=Path("nlu/weights"))
    parser.add_argument("--encoder", default=DEFAULT)
    args = parser.parse_args(argv)
    from nlu.serving.pack import pack_joint  # torch is needed for packing alone

    try:
        read = sys.stdin.read() if args.file == "-" else Path(args.file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        parser.exit(2, f"cannot read {args.file}: {error}\n")
    with tempfile.TemporaryDirectory() as folder:
        pack_joint(args.weights / kind_of(args.encoder), args.encoder, Path(folder))
        engine = Engine.load(Path(folder))
    lines = read.splitlines()
    print(draft(lines, engine, args.author), end="")
    sys.stderr.writelines(f"{line}\n" for line in doubts(lines, engine))
    return 0


if __name__ == "__main__":
    sys.exit(main())
