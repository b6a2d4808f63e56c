"""Face encodings for other parts of Quad: 128 numbers an upload, nothing kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skills.errors import NotTrainable
from skills.faces.card import ENCODING
from skills.faces.detection import open_photos, stack
from skills.faces.net import committed, encode
from skills.faces.sample import sample
from skills.protocol import Progress, SkillResult

_TEXT = (
    "Each face is found, cut out and turned into 128 numbers of length 1; "
    "nothing of the photos is kept by it."
)


class FaceEncoding:
    """The skill."""

    card = ENCODING

    def run(
        self, sources: Sequence[bytes], options: Mapping[str, Any], progress: Progress
    ) -> SkillResult:
        """`encodings`: one of length 1 for each photo, in order; raise NoFaceFound."""
        photos = open_photos(sources or sample(1, 1))
        progress(0.5)
        return SkillResult(_TEXT, (), {"encodings": encode(committed(), stack(photos)).tolist()})

    def train(self, data: Path, seed: int) -> dict[str, Any]:
        """The encoder is that of face_verification."""
        raise NotTrainable(self.card.name)

    def evaluate(self, data: Path) -> dict[str, Any]:
        """See face_verification."""
        raise NotTrainable(self.card.name)


SKILL = FaceEncoding()
