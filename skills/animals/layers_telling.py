"""Puts the layers' sheet and its text together."""

from __future__ import annotations

import torch
from torch import Tensor

from skills.animals import layers_report
from skills.animals.encodings import (
    AscentConfig,
    activations,
    exciting,
    filters,
    spokesmen,
    strongest,
)
from skills.animals.layers_showing import Row, coloured, fitting, heated, sheet, strip
from skills.animals.net import LAYERS, AnimalNet
from skills.kit import weights
from skills.kit.cifar import ANIMALS
from skills.kit.drawing import png
from skills.kit.figures import read
from skills.protocol import Progress, SkillResult

_HOW = (
    "An encoding is the numbers that leave a chosen layer. Each map shows where one filter of this "
    "small residual network (trained on 5,100 CIFAR-10 photos) answers: light is strongly."
)
_MAP, _LARGE = 82, 112  # pixels of a map among all layers, of a map of one layer
_ASCENT = "gradient ascent on the pixels from noise, with no photo: what raises the number most"


def every_layer(net: AnimalNet, pixels: Tensor, name: str, progress: Progress) -> SkillResult:
    """Filters, the strongest maps of each layer, what excites the encoding. uint8 [3, h, w]."""
    x = pixels[None].float() / 255
    rows = [_first_row(net, pixels, name)]
    for layer in LAYERS[:-1]:
        maps = _maps(net, x, layer)
        best = strongest(maps, min(10, fitting(maps.shape[2], maps.shape[1], _MAP, 1)))
        tiles = [heated(maps[each]) for each in best]
        rows.append(Row(_title(layer, maps), _under(layer), tiles, _MAP))
    pictures = exciting(
        net, "encoding", spokesmen(net), AscentConfig(), watch=lambda done: progress(done * 0.9)
    )
    title = "encoding: what excites the number that speaks most for each animal"
    rows.append(Row(title, "; ".join(filter(None, (_ASCENT, _under("encoding")))),
                    [coloured(each) for each in pictures], 152, ANIMALS))  # fmt: skip
    text = (
        f"The layers' answers to {name}: first edges and colours, further down ever coarser maps "
        f"of larger parts. {_HOW} {_reading()}"
    )
    data = {layer: list(activations(net, x, layer).shape[1:]) for layer in LAYERS}
    return SkillResult(text, (png(sheet(rows)),), {"shapes": data})


def one_layer(
    net: AnimalNet, pixels: Tensor, name: str, layer: str, progress: Progress
) -> SkillResult:
    """More of one layer: its strongest maps or numbers, and what excites them. uint8 [3, h, w]."""
    x = pixels[None].float() / 255
    with torch.no_grad():
        values = activations(net, x, layer)[0]
    flat = values.mean(dim=0) if layer == "encoding" else values.mean(dim=(1, 2))
    best = flat.topk(8).indices.tolist()
    rows = [_first_row(net, pixels, name)]
    if layer == "encoding":
        title = f"encoding: {len(flat)} numbers, means and maxima of the last maps"
        rows.append(Row(title, _under(layer), [strip(each) for each in values], 140))
    else:
        count = min(24, fitting(values.shape[2], values.shape[1], _LARGE, 3))
        tiles = [heated(values[each]) for each in strongest(values, count)]
        rows.append(Row(_title(layer, values), _under(layer), tiles, _LARGE))
    pictures = exciting(net, layer, best, AscentConfig(), watch=lambda done: progress(done * 0.9))
    names = [f"number {each}" for each in best]
    title = "what excites the eight that answer most to this picture"
    rows.append(Row(title, _ASCENT, [coloured(each) for each in pictures], _LARGE, names))
    text = f"Layer {layer} on {name}. {_HOW} {_reading()}"
    data = {"shape": list(values.shape), "strongest": best}
    return SkillResult(text, (png(sheet(rows)),), data)


def _first_row(net: AnimalNet, pixels: Tensor, name: str) -> Row:
    """What is seen, and the first layer's filters on one tile."""
    seen = coloured(pixels.float() / 255)
    cells = torch.nn.functional.pad(filters(net), (0, 1, 0, 1), value=1.0)  # [32, 3, 6, 6]
    grid = cells.view(4, 8, 3, 6, 6).permute(2, 0, 3, 1, 4).reshape(3, 24, 48)
    title = f"left: {name}, as the network sees it; right: the 32 filters of its first layer"
    under = "5 by 5 pixels in colour, grey is a weight of 0: edges, bars, spots, pairs of colours"
    return Row(title, under, [seen, coloured(grid)], 156)


def _maps(net: AnimalNet, x: Tensor, layer: str) -> Tensor:
    with torch.no_grad():
        return activations(net, x, layer)[0]  # [maps, h, w]


def _title(layer: str, maps: Tensor) -> str:
    count, height, width = maps.shape
    return f"{layer}: the strongest of {count} maps of {height} by {width}"


def _accuracies() -> dict[str, float]:
    """Of a linear classifier by place, as kept."""
    kept = {each.what: each.value for each in read(weights.FOLDER, layers_report.NAME)}
    found = {place: kept.get(layers_report.what(place)) for place in ("pixels", *LAYERS)}
    return {place: value for place, value in found.items() if value is not None}


def _under(layer: str) -> str:
    found = _accuracies()
    if layer not in found:
        return ""
    return f"a linear classifier on it names {found[layer]:.0%} of test photos"


def _reading() -> str:
    """The lecture's "the more complex the task, the deeper", as measured."""
    found = _accuracies()
    if not found:
        return ""
    first, last = found["pixels"], found["encoding"]
    return (
        f"The deeper, the easier to read: a linear classifier names the animal of {first:.0%} of "
        f"test photos from the pixels, of {last:.0%} from the encoding."
    )
