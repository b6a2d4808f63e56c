"""What leaves each layer of the animals' network (lecture 2's encodings), as pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skills.animals import layers_report
from skills.animals.card import LAYER_ENCODINGS
from skills.animals.drawn import draw_animal
from skills.animals.layers_telling import every_layer, one_layer
from skills.animals.net import LAYERS, NAME, AnimalNet, Committee
from skills.animals.probes import ProbesConfig
from skills.animals.views import as_seen, framed
from skills.errors import InvalidOption
from skills.kit import weights
from skills.kit.cifar import ANIMALS
from skills.kit.images import open_image
from skills.kit.options import whole
from skills.protocol import Progress, SkillResult


class LayerEncodings:
    """The skill."""

    card = LAYER_ENCODINGS

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """Show the layers' answers to an upload, or to a drawing (option `seed`).

        Option `layer` (edges, block1, block2, block3, encoding) shows more of one of them.
        """
        layer = str(options.get("layer", "all")).lower()
        if layer != "all" and layer not in LAYERS:
            raise InvalidOption("layer")
        if sources:
            shown, name = framed(open_image(sources[0])), "your picture"
        else:
            seed = whole(options, "seed", 0, least=0)
            kind = ANIMALS[(seed + 1) % len(ANIMALS)]
            shown, name = draw_animal(kind, seed), f"a drawing of a {kind}, made for this"
        net = first_member()
        progress(0.1)
        pixels = as_seen(shown)
        if layer == "all":
            return every_layer(net, pixels, name, progress)
        return one_layer(net, pixels, name, layer, progress)

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """Fit a linear probe on each layer of the committed network, score the test part once."""
        return layers_report.train(first_member(), data, seed, ProbesConfig())

    def evaluate(self, data: Path) -> dict[str, Any]:
        """Score the committed probes on the test part of a folder."""
        return layers_report.evaluate(first_member(), data)


def first_member() -> AnimalNet:
    """One network of the animal classifier's committee."""
    member = weights.load(Committee(), NAME).members[0]
    if not isinstance(member, AnimalNet):
        raise TypeError(type(member))
    return member


SKILL = LayerEncodings()
