"""What was said to the running bot and not understood can be labelled on the running site."""

from __future__ import annotations

import re
import time

import httpx

from knowledge.model.labelling import LabelItem
from knowledge.model.students import Role
from knowledge.storage.label_work import LabelWork


def test_a_misunderstood_turn_waits_on_the_page(quad) -> None:
    suid = quad.add_student()
    quad.say("what are the undergraduate history classes in spring 2019", suid, "label")
    quad.say(f"my number is {suid}, flibber me the wug", suid, "label")
    quad.say("no, in winter", suid, "label")
    with httpx.Client(base_url=quad.site, follow_redirects=True, timeout=30) as rae:
        assert rae.get("/label").status_code == 401
        token = quad.token("rae", Role.RATER)
        page = rae.post("/label/sign-in", data={"token": token})
        assert page.status_code == 200
        assert "What was meant?" in page.text
        assert suid not in page.text
        assert re.search(r'id="words"', page.text)
    items = _collected(quad)
    assert not [item for item in items if suid in item.text]
    odd = next(item for item in items if "flibber me the wug" in item.text)
    assert odd.reasons
    assert re.search(r"my number is 0500\d{4}", odd.text)


def _collected(quad) -> list[LabelItem]:
    """The queue, once the site has read what other tests said as well."""
    for _ in range(150):
        with quad.units.read() as work:
            items = LabelWork(work.session).items()
        if any("flibber" in item.text for item in items):
            break
        time.sleep(0.2)
    return items
