"""Sign-ins on a real database: rotation, retry, reuse, ends, races; what other processes see."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from signing import ADA, ROBIN, SECRET
from sqlalchemy import select

from bot.identity import Gate
from bot.identity.ended import EndedSignIns
from bot.identity.forgetting import forget
from bot.identity.sign_ins import RETRY_WINDOW, SIGN_IN_LIFETIME, SignIn, SignIns
from bot.storage.database import DoorDatabase
from bot.storage.tables import SignInRow
from knowledge.errors import NotSignedIn


@pytest.fixture
def later(doors: DoorDatabase) -> Callable[[timedelta], None]:
    """Let so much time pass for every sign-in."""

    def pass_by(span: timedelta) -> None:
        with doors.units.write() as work:
            for row in work.session.scalars(select(SignInRow)):
                for name in ("begun_at", "refreshed_at", "expires_at"):
                    setattr(row, name, getattr(row, name) - span)

    return pass_by


AFTER = RETRY_WINDOW + timedelta(seconds=1)


def test_a_secret_is_spent_by_its_use(sign_ins: SignIns, later: Callable) -> None:
    first = sign_ins.begin(ROBIN)
    second = sign_ins.refresh(first.secret)
    assert second.secret != first.secret
    assert (second.sign_in_id, second.person) == (first.sign_in_id, ROBIN)
    later(AFTER)
    third = sign_ins.refresh(second.secret)
    assert third.secret not in (first.secret, second.secret)


def test_a_lost_answer_is_given_again(sign_ins: SignIns) -> None:
    first = sign_ins.begin(ROBIN)
    assert sign_ins.refresh(first.secret).secret == sign_ins.refresh(first.secret).secret
    sign_ins.refresh(sign_ins.refresh(first.secret).secret)


@pytest.mark.parametrize("generation", [0, 1, 3])
def test_a_spent_secret_shown_later_ends_the_sign_in(
    sign_ins: SignIns, later: Callable, generation: int
) -> None:
    held = [sign_ins.begin(ROBIN).secret]
    for _ in range(5):
        held.append(sign_ins.refresh(held[-1]).secret)
        later(AFTER)
    with pytest.raises(NotSignedIn, match="replayed"):
        sign_ins.refresh(held[generation])
    for secret in held:
        with pytest.raises(NotSignedIn, match="ended"):
            sign_ins.refresh(secret)


def test_a_guess_ends_nothing(sign_ins: SignIns) -> None:
    first = sign_ins.begin(ROBIN)
    for guess in (
        f"{first.sign_in_id}.{'x' * 43}",
        f"{'0' * 32}.{'x' * 43}",
        "",
        ".",
        "\ud800",
        "x",
    ):
        with pytest.raises(NotSignedIn, match="forged"):
            sign_ins.refresh(guess)
        sign_ins.end(guess)
    sign_ins.refresh(first.secret)


def test_it_is_over_after_twelve_hours_however_often_refreshed(
    sign_ins: SignIns, later: Callable
) -> None:
    held = sign_ins.begin(ROBIN)
    for _ in range(5):
        later(SIGN_IN_LIFETIME / 5 - timedelta(minutes=1))
        held = sign_ins.refresh(held.secret)
    later(timedelta(minutes=6))
    with pytest.raises(NotSignedIn, match="expired"):
        sign_ins.refresh(held.secret)


def test_signing_out_with_any_of_its_secrets(sign_ins: SignIns) -> None:
    first, other = sign_ins.begin(ROBIN), sign_ins.begin(ROBIN)
    second = sign_ins.refresh(first.secret)
    sign_ins.end(first.secret)
    sign_ins.end(first.secret)
    with pytest.raises(NotSignedIn, match="ended"):
        sign_ins.refresh(second.secret)
    sign_ins.refresh(other.secret)


def test_ending_all_of_somebody(sign_ins: SignIns) -> None:
    held = [sign_ins.begin(ROBIN) for _ in range(3)]
    ada = sign_ins.begin(ADA)
    assert len(sign_ins.counting()) == 4
    assert sign_ins.end_all("05990001") == 3
    assert [each.sign_in_id for each in sign_ins.counting()] == [ada.sign_in_id]
    for each in held:
        with pytest.raises(NotSignedIn, match="ended"):
            sign_ins.refresh(each.secret)


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
def test_two_tabs_that_wake_at_once_get_the_same(sign_ins: SignIns) -> None:
    first = sign_ins.begin(ROBIN)
    with ThreadPoolExecutor(8) as pool:
        got = {each.secret for each in pool.map(sign_ins.refresh, [first.secret] * 16)}
    assert len(got) == 1
    sign_ins.refresh(got.pop())


def test_who_is_erased_is_signed_out_and_unnamed(doors: DoorDatabase, sign_ins: SignIns) -> None:
    gate = Gate(SECRET, EndedSignIns(doors))
    held = sign_ins.begin(ROBIN)
    token = gate.issue(ROBIN.principal, sign_in=held.sign_in_id)
    assert doors.units.transact(lambda work: forget("05990001", work.session)) == 1
    with pytest.raises(NotSignedIn, match="ended"):
        gate.verify(token)
    with doors.units.read() as work:
        row = work.session.get(SignInRow, held.sign_in_id)
        assert (row.subject, row.name) == ("", "")


def test_no_secret_stands_in_the_database(sign_ins: SignIns, doors: DoorDatabase) -> None:
    first = sign_ins.begin(ROBIN)
    second = sign_ins.refresh(first.secret)
    with doors.units.read() as work:
        row = work.session.get(SignInRow, first.sign_in_id)
        kept = " ".join(str(getattr(row, each.name)) for each in SignInRow.__table__.columns)
    for secret in (first.secret, second.secret):
        assert secret.partition(".")[2] not in kept


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(["use", "retry", "replay", "wait", "end"]), st.integers(0, 5)),
        max_size=14,
    )
)
def test_in_any_order_of_acts_one_secret_counts(
    sign_ins: SignIns, later: Callable, acts: list[tuple[str, int]]
) -> None:
    """A model of one sign-in: the latest secret works until the end; an old one ends it."""
    held = [sign_ins.begin(ROBIN).secret]
    over, fresh = False, True  # `fresh`: within the window of the last refresh
    for act, pick in acts:
        if act == "wait":
            later(AFTER)
            fresh = False
        elif act == "end":
            sign_ins.end(held[pick % len(held)])
            over = True
        else:
            back = {"use": 0, "retry": 1, "replay": 2 + pick}[act]
            place = len(held) - 1 - back
            if place < 0:
                continue
            works = not over and (back == 0 or (back == 1 and fresh))
            try:
                got = sign_ins.refresh(held[place])
            except NotSignedIn:
                assert not works, (act, acts)
                over = True
                continue
            assert works, (act, acts)
            if back == 0:
                held.append(got.secret)
                fresh = True
            assert got.secret == held[place + 1]


def test_the_command_line_lists_and_ends(
    sign_ins: SignIns, database_url: str, tmp_path: Path
) -> None:
    held: list[SignIn] = [sign_ins.begin(ROBIN), sign_ins.begin(ADA)]
    env = {
        "QUAD_DATABASE_URL": database_url,
        "QUAD_SECRET": SECRET,
        "QUAD_VAR": str(tmp_path / "var"),
        "PATH": "",
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot.identity", *words]
        root = Path(__file__).parents[3]
        return subprocess.run(command, env=env, cwd=root, capture_output=True, text=True)

    listed = run("list").stdout
    assert all(each.sign_in_id in listed for each in held)
    assert "admin   ada" in listed
    assert run("end", "--subject", "05990001").stdout == "ended: 1\n"
    assert run("end", "--id", held[1].sign_in_id).stdout == "ended: 1\n"
    again = run("end", "--id", held[1].sign_in_id)
    assert (again.returncode, "no such sign-in" in again.stderr) == (2, True)
    assert run("list").stdout == ""
