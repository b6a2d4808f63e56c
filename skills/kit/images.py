"""Opens uploaded pictures in bounded memory and time."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from skills.errors import ImageTooLarge, NotAnImage

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000
# What Pillow raises for broken files of its many formats.
_UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError)
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")


def open_image(data: bytes) -> Image.Image:
    """An upright RGB picture; raise NotAnImage or ImageTooLarge before much is decoded."""
    if len(data) > MAX_BYTES:
        raise ImageTooLarge(MAX_BYTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we judge below
            image = Image.open(BytesIO(data), formats=_FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise ImageTooLarge(MAX_PIXELS)
        image.draft("RGB", (1024, 1024))  # JPEG decodes small at once
        image.load()
        return _as_rgb(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as error:
        raise ImageTooLarge(MAX_PIXELS) from error
    except _UNREADABLE as error:
        raise NotAnImage from error


def _as_rgb(image: Image.Image) -> Image.Image:
    """Transparency over white; 16-bit greys brought to eight."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    return image.convert("RGB")
