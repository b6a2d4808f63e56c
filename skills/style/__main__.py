"""`python -m skills.style --content FILE --style FILE --out FOLDER [--vgg FILE]`.

The only way to another network: whoever can start a program here may name a file, a job may not.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from skills.errors import SkillError
from skills.protocol import no_progress
from skills.style.skill import StyleTransfer
from skills.style.training import backbone
from skills.style.vgg import load_vgg


def main(argv: list[str] | None = None) -> int:
    """Paint one picture."""
    parser = argparse.ArgumentParser(prog="python -m skills.style")
    parser.add_argument("--content", type=Path, required=True)
    parser.add_argument("--style", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vgg", type=Path, help="torchvision's vgg16 or vgg19 weights")
    parser.add_argument("--size", type=int, default=256)
    args = parser.parse_args(argv)
    skill = StyleTransfer((lambda: load_vgg(args.vgg)) if args.vgg else backbone)
    try:
        sources = [args.content.read_bytes(), args.style.read_bytes()]
        result = skill.run(sources, {"size": args.size}, no_progress)
    except (SkillError, OSError) as error:
        print(f"cannot paint: {error!r}", file=sys.stderr)
        return 2
    args.out.mkdir(parents=True, exist_ok=True)
    for ending, picture in zip(("png", "gif"), result.pictures, strict=True):
        (args.out / f"painted.{ending}").write_bytes(picture)
    print(result.text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
