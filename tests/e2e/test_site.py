"""The site: sign-in, uploads, admin, and a skill on an upload."""

from __future__ import annotations

import re
from io import BytesIO

import httpx
from PIL import Image

from knowledge.model.students import Role


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (320, 240), (120, 180, 250)).save(out, "PNG")
    return out.getvalue()


def test_sign_in_offers_sample_students_only(quad) -> None:
    with httpx.Client(base_url=quad.site, follow_redirects=True) as browser:
        page = browser.get("/sign-in").text
    offered = set(re.findall(r'value="student-(\d+)"', page))
    assert len(offered) >= 5
    assert "05980001" not in offered
    assert httpx.post(f"{quad.site}/session/student", json={}).status_code in (404, 405)


def test_a_skill_runs_on_an_upload(quad) -> None:
    suid = quad.add_student()
    headers = {"Authorization": f"Bearer {quad.token(suid)}"}
    files = {"file": ("sky.png", _png())}
    sent = httpx.post(f"{quad.site}/uploads", files=files, headers=headers)
    assert sent.status_code == 201
    job = {"skill": "day_night", "upload": sent.json()["upload"]}
    started = httpx.post(f"{quad.skills}/jobs", json=job).json()
    done = httpx.get(f"{quad.skills}/jobs/{started['id']}?wait=30", timeout=40).json()
    assert done["state"] == "done"
    picture = httpx.get(quad.skills + done["result"]["pictures"][0])
    assert Image.open(BytesIO(picture.content)).format == "PNG"


def test_an_upload_that_is_no_picture_is_told_kindly(quad) -> None:
    suid = quad.add_student()
    headers = {"Authorization": f"Bearer {quad.token(suid)}"}
    files = {"file": ("notes.txt", b"hello")}
    upload = httpx.post(f"{quad.site}/uploads", files=files, headers=headers).json()["upload"]
    started = httpx.post(
        f"{quad.skills}/jobs", json={"skill": "day_night", "upload": upload}
    ).json()
    done = httpx.get(f"{quad.skills}/jobs/{started['id']}?wait=30", timeout=40).json()
    assert (done["state"], done["error"]["slug"]) == ("failed", "not-an-image")


def test_uploads_need_a_token_and_have_a_limit(quad) -> None:
    assert httpx.post(f"{quad.site}/uploads", files={"file": b"x"}).status_code == 401
    headers = {"Authorization": f"Bearer {quad.gate.visitor()}"}
    large = httpx.post(
        f"{quad.site}/uploads", files={"file": b"x" * 11_000_000}, headers=headers, timeout=30
    )
    assert large.status_code == 413


def test_admin_changes_seats_and_nobody_else_does(quad) -> None:
    with httpx.Client(base_url=quad.site, follow_redirects=True) as browser:
        assert "Sign in" in browser.get("/admin").text
        student = quad.token(quad.add_student())
        assert browser.post("/admin/sign-in", data={"token": student}).status_code == 401
        browser.post("/admin/sign-in", data={"token": quad.token("ada", Role.ADMIN)})
        found = re.search(
            r"/admin/sections/\d+", browser.get("/admin/sections", params={"q": "CS106L"}).text
        )
        assert found is not None
        page = browser.get(found.group()).text
        hidden = r'type="hidden" name="(form_key|form_id|version|was-capacity)" value="(\w+)"'
        form = dict(re.findall(hidden, page.split("Save the section")[0]))
        form["capacity"] = "77"
        assert browser.post(found.group(), data={**form, "form_key": "0"}).status_code == 403
        changed = browser.post(found.group(), data=form).text
        assert 'value="77"' in changed
        assert "Saved." in changed
        assert (
            "change-section" in browser.get("/admin/audit", params={"key": found.group()[16:]}).text
        )


def test_the_openapi_of_axess_is_published(quad) -> None:
    paths = httpx.get(f"{quad.site}/axess/openapi.json").json()["paths"]
    assert "/students/{suid}/swaps" in paths
