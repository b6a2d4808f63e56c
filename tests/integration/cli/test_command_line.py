"""`python -m knowledge` on a real database: what it prints and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from knowledge.__main__ import main
from knowledge.model.students import Decision, Status
from knowledge.registrar.enrollment import Registrar
from knowledge.registrar.rules import Wish
from knowledge.storage.unit_of_work import UnitOfWork

TODAY = date(2018, 11, 15)
SUID = "05551234"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run one command on the test's own database: exit status, output, errors."""
    monkeypatch.setenv("QUAD_DATABASE_URL", database_url)
    monkeypatch.setenv("QUAD_TODAY", TODAY.isoformat())

    def command(*words: str) -> tuple[int, str, str]:
        status = main(list(words))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


def _class_id(units: UnitOfWork, code: str) -> int:
    with units.read() as work:
        found = work.catalogue.sections(work.catalogue.course(code).course_id)
        return next(s.class_id for s in found if str(s.term) == "Winter 2019")


def test_a_student_is_added_with_all_options(run: Run, units: UnitOfWork) -> None:
    words = ("--completed", "CS106A, cs106b", "--max-units", "12", "--hold", "Unpaid fee")
    more = ("--window", "2018-11-01,2018-12-01", "--group", "graduate", "--group", "athlete")
    assert run("student", "add", SUID, *words, *more) == (0, f"added {SUID}\n", "")
    with units.read() as work:
        student = work.students.get(SUID)
    assert sorted(map(str, student.completed)) == ["CS106A", "CS106B"]
    assert (student.max_units, student.holds) == (12, ("Unpaid fee",))
    assert student.window == (date(2018, 11, 1), date(2018, 12, 1))
    assert student.groups == {"graduate", "athlete"}
    assert run("student", "add", SUID[1:])[1] == f"replaced {SUID}\n"


def test_everything_completed_and_an_undergraduate_by_default(run: Run, units: UnitOfWork) -> None:
    run("student", "add", SUID, "--completed", "all")
    with units.read() as work:
        student = work.students.get(SUID)
    assert student.completed_all
    assert student.groups == {"undergraduate"}
    assert SUID in run("student", "list")[1]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("student", "add", "12"), "invalid suid"),
        (("student", "add", SUID, "--completed", "CS"), "invalid code"),
        (("student", "add", SUID, "--window", "soon"), "invalid option"),
        (("section", "set", "1", "--capacity", "5"), "unknown section"),
        (("section", "set", "10000", "--capacity", "-1"), "invalid option"),
        (("petition", "decide", "7", "approved"), "unknown petition"),
        (("permission", "give", "1"), "unknown section"),
    ],
)
def test_a_fault_is_one_clear_line(run: Run, words: tuple[str, ...], fault: str) -> None:
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.startswith(fault)
    assert err.count("\n") == 1


def test_a_permission_number_from_the_command_line_works(run: Run, units: UnitOfWork) -> None:
    run("student", "add", SUID)
    class_id = _class_id(units, "MUSIC172A")
    number = run("permission", "give", str(class_id), "--suid", SUID)[1].split()[0]
    with units.write() as work:
        wish = Wish(permission=number)
        done = Registrar(work, TODAY, "test").enroll(SUID, class_id, wish)
    assert done.status is Status.ENROLLED


def test_a_petition_is_listed_and_decided(run: Run, units: UnitOfWork) -> None:
    run("student", "add", SUID, "--completed", "all", "--max-units", "4")
    with units.write() as work:
        wish = Wish(petition=True)
        filed = Registrar(work, TODAY, "test").enroll(SUID, _class_id(units, "CS106A"), wish)
    assert run("petition", "list")[1].split()[-1] == Decision.PENDING
    run("petition", "decide", str(filed.petition_id), "denied")
    assert run("petition", "list")[1].split()[-1] == Decision.DENIED
