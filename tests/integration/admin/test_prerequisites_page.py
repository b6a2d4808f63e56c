"""The prerequisite editor: text and tree as two forms of one thing, without any script."""

from __future__ import annotations

import pytest
from tests_admin import Clerk, course_id

from knowledge.storage.unit_of_work import UnitOfWork


@pytest.fixture
def page(units: UnitOfWork) -> str:
    return f"courses/{course_id(units, 'CS106L')}/prerequisites"


def _draft(clerk: Clerk, page: str, **fields: str):
    form = {**clerk.form(page), **fields}
    return clerk.send(f"/admin/{page}/draft", form)


def _text(answer, page: str) -> str:
    from tests_admin import fields

    return fields(answer.text, f"/admin/{page}")["prerequisites"]


def test_a_text_is_saved_and_enforced(clerk: Clerk, units: UnitOfWork, page: str) -> None:
    written = "CS106B or (CS106A concurrently and consent)"
    assert "Saved." in clerk.change(page, prerequisites=written).text
    with units.read() as work:
        course = work.catalogue.course("CS106L")
    assert str(course.prerequisites) == written
    assert course.prerequisite_confidence == 1.0


@pytest.mark.parametrize(
    ("text", "before", "marked"),
    [("CS106A and and CS1", "CS106A and ", "and CS1"), ("(CS106A", "(CS106A", " ")],
)
def test_a_fault_is_marked_where_it_stands(
    clerk: Clerk, page: str, text: str, before: str, marked: str
) -> None:
    for answer, status in (
        (_draft(clerk, page, prerequisites=text), 200),
        (clerk.change(page, prerequisites=text), 422),
    ):
        assert answer.status_code == status
        assert f'<pre class="marked">{before}<mark>{marked}</mark></pre>' in answer.text
        assert _text(answer, page) == text


@pytest.mark.parametrize(
    ("start", "act", "code", "then"),
    [
        ("CS106A", "and:", "cs 106 b", "CS106A and CS106B"),
        ("CS106A and CS106B", "or:1", "CS106X", "CS106A and (CS106B or CS106X)"),
        ("CS106A and (CS106B or CS106X)", "remove:1.0", "", "CS106A and CS106X"),
        ("CS106A and (CS106B or CS106X)", "turn:", "", "CS106A or CS106B or CS106X"),
        ("CS106A", "concurrent:", "", "CS106A concurrently"),
        ("CS106A", "or:", "consent", "CS106A or consent"),
        ("CS106A", "remove:", "", ""),
        ("", "and:", "MATH51", "MATH51"),
    ],
)
def test_the_tree_changes_the_text(
    clerk: Clerk, page: str, start: str, act: str, code: str, then: str
) -> None:
    answer = _draft(clerk, page, prerequisites=start, act=act, code=code)
    assert answer.status_code == 200
    assert _text(answer, page) == then
    assert clerk.form(page)["prerequisites"] != then or not then  # nothing is saved by a draft


def test_a_wrong_code_in_the_tree_is_told_and_kept(clerk: Clerk, page: str) -> None:
    answer = _draft(clerk, page, prerequisites="CS106A and CS106B", act="or:0", code="?<b>")
    assert "not a course code" in answer.text
    assert 'value="?&lt;b&gt;"' in answer.text
    assert _text(answer, page) == "CS106A and CS106B"


@pytest.mark.parametrize("act", ["remove:7", "explode:0", "remove:x", "turn:0.0.0"])
def test_an_act_on_nothing_is_refused(clerk: Clerk, page: str, act: str) -> None:
    assert _draft(clerk, page, prerequisites="CS106A", act=act).status_code == 422


def test_what_the_catalogue_does_not_know_is_pointed_out(clerk: Clerk, page: str) -> None:
    answer = _draft(clerk, page, prerequisites="CS106A or ZZ999")
    assert "Not in the catalogue: ZZ999" in answer.text


def test_a_course_cannot_require_itself(clerk: Clerk, page: str) -> None:
    refused = clerk.change(page, prerequisites="CS106L")
    assert refused.status_code == 422
    assert "cannot require itself" in refused.text


def test_two_editors_do_not_overwrite_each_other(clerk: Clerk, page: str) -> None:
    first, second = clerk.form(page), clerk.form(page)
    clerk.send(f"/admin/{page}", {**first, "prerequisites": "CS106B"})
    stale = clerk.send(f"/admin/{page}", {**second, "prerequisites": "CS106X"})
    assert stale.status_code == 409
    assert "CS106B" in stale.text
    assert "CS106X" in stale.text
