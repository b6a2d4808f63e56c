"""A plan in the chat brings pictures and a calendar file that open without signing in again."""

from __future__ import annotations

import httpx


def test_a_plan_brings_its_pictures_and_its_calendar(quad) -> None:
    suid = quad.add_student(programme="Mathematics BS")
    replies = quad.say("plan my next two quarters", suid, sender="plans")
    buttons = [b["title"] for reply in replies for b in reply.get("buttons") or ()]
    assert buttons == [
        "Enroll me in the Winter 2019 plan",
        "Enroll me in the Spring 2019 plan",
        "Make it lighter",
    ]
    pictures = [reply["image"] for reply in replies if reply.get("image")]
    assert len(pictures) == 2
    for picture in pictures:
        assert httpx.get(f"{quad.site}{picture}").headers["content-type"] == "image/png"
    (file,) = [reply["attachment"] for reply in replies if reply.get("attachment")]
    assert file["type"] == "file"
    answer = httpx.get(f"{quad.site}{file['payload']['src']}")
    assert answer.text.startswith("BEGIN:VCALENDAR")
    other = quad.add_student()
    assert httpx.get(f"{quad.site}{pictures[0].replace(suid, other)}").status_code == 403
