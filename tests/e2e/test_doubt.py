"""What the model is not sure of is asked, over the running bot, and never acted upon unasked."""

from __future__ import annotations

import httpx
import pytest

from bot.dialogue.doubting import READINGS

# To look for or to enroll in? Nobody could be sure of all; which ones the committed weights doubt
# is theirs to say.
_FIELDS = ("history", "physics", "poetry", "music", "biology", "math", "drama", "economics")
_FRAMES = ("{} for me", "some {} for me", "{} and me", "maybe {} then, or not", "my {} and ECON1")
VAGUE = [frame.format(field) for frame in _FRAMES for field in _FIELDS]


def _doubted(quad) -> list[str]:
    def parse(text: str) -> dict:
        return httpx.post(f"{quad.bot}/model/parse", json={"text": text}, timeout=30).json()

    parses = {text: parse(text) for text in VAGUE}
    return [t for t, p in parses.items() if p["unsure"] and p["intent"]["name"] in READINGS]


def test_a_vague_wish_is_asked_about_and_then_acted_upon(quad) -> None:
    doubted = _doubted(quad)
    assert doubted, "the model is sure of everything"
    suid = quad.add_student()
    asked = quad.say(doubted[0], suid, sender="vague")
    titles = [button["title"] for button in asked[0]["buttons"]]
    assert titles[-1] == "Something else"
    assert quad.enrollments(suid) == []
    done = quad.text(titles[0], suid, sender="vague")
    assert done
    assert "which of these" not in done


@pytest.mark.parametrize("answer", ["Something else", "no"])
def test_something_else_is_asked_for_in_other_words(quad, answer: str) -> None:
    suid = quad.add_student()
    quad.say(_doubted(quad)[0], suid, sender="else")
    assert "other words" in quad.text(answer, suid, sender="else")
    assert quad.enrollments(suid) == []
