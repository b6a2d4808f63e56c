"""The admin pages in a real browser: every page looked at, and the acts an admin does most."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from admin_browser import look
from playwright.sync_api import Browser, Page, expect
from seated import seat

from bot.identity import Gate
from bot.site import create_app
from knowledge.insights.questions import Asked, Question, QuestionRecorder
from knowledge.model.students import Principal, Role, Status, Student
from knowledge.registrar.administration import Administration
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork

SECRET = "a secret for the tests alone, longer than thirty-two bytes"


@pytest.fixture
def page(
    browser: Browser, units: UnitOfWork, tmp_path: Path, serve: Callable[[Any], str]
) -> Iterator[Page]:
    """An admin who is signed in, on the dashboard; no page may raise or break its own policy."""
    settings = Settings.from_env(
        {"QUAD_VAR": str(tmp_path / "var"), "QUAD_TODAY": "2018-11-15", "QUAD_SECRET": SECRET}
    )
    context = browser.new_context(base_url=serve(create_app(settings, units)))
    page = context.new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda said: (
            errors.append(f"{said.text} {said.location}") if "Policy" in said.text else None
        ),
    )
    page.goto("/admin/")
    page.get_by_label("Admin token").fill(Gate(SECRET).issue(Principal("ada", Role.ADMIN)))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
    yield page
    assert errors == []
    context.close()


def _class_of(units: UnitOfWork, code: str = "CS106L") -> int:
    with units.read() as work:
        return work.catalogue.sections(work.catalogue.course(code).course_id)[0].class_id


def _fill(units: UnitOfWork, class_id: int) -> int:
    """Take every seat of a section and let two students wait; how many seats it has."""
    with units.write() as work:
        administration = Administration(work, date(2018, 11, 15), "test")
        section = work.catalogue.section(class_id)
        administration.set_capacity(class_id, section.enrolled + 1)
        for number in range(3):
            suid = f"0597000{number}"
            administration.put_student(Student(suid, f"Student {number}", "Undeclared"))
            status = Status.WAITLISTED if number else Status.ENROLLED
            seat(work, suid, section, 1, status)
        return section.enrolled + 1


def test_every_list_and_the_dashboard(page: Page, units: UnitOfWork) -> None:
    recorder = QuestionRecorder(units)
    for text, found in (("history", 12), ("deep learning", 3), ("basket weaving", 0)):
        for _ in range(found + 1):
            recorder.note(Question(Asked.SEARCH, text, found > 0, found, {"quarter": ["Spring"]}))
    recorder.note(Question(Asked.LECTURE, "what did he have for lunch?", False))
    recorder.flush()
    page.goto("/admin/?term=1196")
    expect(page.get_by_role("img", name=re.compile("Enrollments by hour"))).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Questions without answers"))).to_be_visible()
    look(page, "dashboard")
    for name, heading in (
        ("Courses", "Courses"),
        ("Sections", "Sections"),
        ("Terms", "Terms"),
        ("Students", "Students"),
        ("Petitions", "Petitions for more units"),
        ("Import", "Import"),
        ("Export", "Export"),
        ("Audit log", "Audit log"),
        ("Questions", "Questions"),
    ):
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()
        look(page, name.lower().replace(" ", "_"))


def test_more_seats_promote_the_waitlist_and_the_change_is_undone(
    page: Page, units: UnitOfWork
) -> None:
    class_id = _class_of(units)
    seats = _fill(units, class_id)
    page.goto(f"/admin/sections/{class_id}")
    look(page, "section")
    page.get_by_label("Seats", exact=True).fill(str(seats + 1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 student moved up")
    look(page, "section_saved")
    page.locator("ol.log a").first.click()
    look(page, "entry")
    page.get_by_role("button", name="Take this change back").click()
    expect(page.get_by_role("status")).to_contain_text("taken back")
    page.goto(f"/admin/sections/{class_id}")
    expect(page.get_by_label("Seats", exact=True)).to_have_value(str(seats))


def test_faults_stand_beside_their_fields(page: Page) -> None:
    page.goto("/admin/students/05990001")
    page.get_by_label("Most units a term").fill("many")
    page.get_by_role("button", name="Save the student").click()
    expect(page.get_by_label("Most units a term")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Most units a term")).to_have_value("many")
    look(page, "student_faulty")


def test_a_stale_form_in_a_second_tab(page: Page, units: UnitOfWork) -> None:
    path = f"/admin/sections/{_class_of(units)}"
    page.goto(path)
    other = page.context.new_page()
    other.goto(path)
    page.get_by_label("Seats", exact=True).fill("41")
    page.get_by_role("button", name="Save the section").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    other.get_by_label("Seats", exact=True).fill("52")
    with other.expect_response(lambda answer: answer.request.method == "POST") as answered:
        other.get_by_role("button", name="Save the section").click()
    assert answered.value.status == 409
    row = other.get_by_role("row", name=re.compile("Seats"))
    expect(row).to_contain_text("41")
    expect(row).to_contain_text("52")
    look(other, "stale")
    other.get_by_role("button", name="Write my version over it").click()
    expect(other.get_by_label("Seats", exact=True)).to_have_value("52")


def test_prerequisites_by_keyboard_as_text_and_as_tree(page: Page, units: UnitOfWork) -> None:
    with units.read() as work:
        number = work.catalogue.course("CS106L").course_id
    page.goto(f"/admin/courses/{number}")
    look(page, "course")
    page.get_by_role("link", name="Edit the prerequisites").click()
    text = page.get_by_label("As text")
    text.fill("CS106A and (CS106B or")
    expect(page.locator("#where mark")).to_be_visible()
    look(page, "prerequisites_faulty")
    expect(text).to_have_value("CS106A and (CS106B or")
    text.fill("CS106A and (CS106B or CS106X)")
    expect(page.get_by_text("One of", exact=True)).to_be_visible()
    look(page, "prerequisites")
    page.locator("#code-1").fill("math 51")
    page.keyboard.press("Enter")
    expect(text).to_have_value("CS106A and (CS106B or CS106X or MATH51)")
    page.get_by_role("button", name="remove: CS106X").press("Enter")
    expect(text).to_have_value("CS106A and (CS106B or MATH51)")
    page.get_by_role("button", name="Save the prerequisites").click()
    expect(page.locator("#main")).to_contain_text("CS106A and (CS106B or MATH51)")
    expect(page.get_by_role("status")).to_contain_text("Saved")


def test_import_from_preview_to_undo(page: Page, tmp_path: Path, units: UnitOfWork) -> None:
    page.get_by_role("link", name="Export", exact=True).click()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download sections").click()
    csv = Path(begun.value.path()).read_text(encoding="utf-8")
    class_id = _class_of(units)
    changed = tmp_path / "sections.csv"
    pattern = re.compile(rf"(,{class_id},[^,]*,)\d+")
    changed.write_text(pattern.sub(r"\g<1>222", csv, count=1), encoding="utf-8", newline="")
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("File", exact=True).set_input_files(changed)
    page.get_by_role("button", name="Upload and preview").click()
    expect(page.locator("ins")).to_have_text("222")
    look(page, "import_preview")
    page.get_by_role("button", name="Confirm: do exactly this").click()
    expect(page.get_by_role("status")).to_contain_text("Imported")
    look(page, "import_done")
    page.get_by_role("button", name="Take the whole import back").click()
    expect(page.get_by_role("status")).to_contain_text("taken back as a whole")
    broken = tmp_path / "broken.csv"
    broken.write_text(pattern.sub(r"\g<1>lots", csv, count=1), encoding="utf-8", newline="")
    page.goto("/admin/imports")
    page.get_by_label("File", exact=True).set_input_files(broken)
    page.get_by_role("button", name="Upload and preview").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be imported")
    look(page, "import_refused")
