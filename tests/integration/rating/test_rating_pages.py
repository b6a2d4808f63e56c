"""Rating over HTTP: what is sent counts once, can be taken back, and never tells whose reply."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from rated import POLICIES, items
from rating_raters import Rater, checked, shown

from bot.evaluation.storage.store import RatingStore

Enter = Callable[..., Rater]


def _scores(kept: RatingStore) -> list[list[int]]:
    return [list(r.scores.values()) for judged in kept.judged() for r in judged.ratings]


def test_nothing_to_rate_is_said(site: str, enter: Enter) -> None:
    assert "Nothing to rate yet" in enter("ada").get().text


def test_a_rater_goes_through_all_items(kept: RatingStore, enter: Enter) -> None:
    rater, answer, seen = enter("ada"), None, set()
    for done in range(3):
        answer = rater.get() if answer is None else answer
        assert f"{done} of 3 done" in answer.text
        seen.add(answer.url.path)
        answer = rater.rate(answer, 1, 2, 3, 4)
    assert len(seen) == 3
    assert "All done" in answer.text
    assert _scores(kept) == [[1, 2, 3, 4]] * 3


def test_the_page_is_blind_and_each_rater_has_an_order(kept: RatingStore, enter: Enter) -> None:
    orders = set()
    for name in ("ada", "ben", "cem", "dee", "eve"):
        rater = enter(name)
        page = rater.get("items/1").text
        main = page.split("<main")[1]
        assert not any(policy in main for policy in POLICIES)
        assert "action_" not in main
        assert shown(rater.get("items/1").text) == shown(page)
        assert sorted(shown(page)) == [f"Reply {number} to 0" for number in range(4)]
        orders.add(tuple(shown(page)))
    assert len(orders) > 1


def test_scores_belong_to_the_replies_not_to_the_places(kept: RatingStore, enter: Enter) -> None:
    for name in ("ada", "ben"):
        rater = enter(name)
        answer = rater.get("items/1")
        rater.rate(answer, *(1 + int(text.split()[1]) for text in shown(answer.text)))
    (judged,) = kept.judged()
    by_policy = {each.candidate_id: each.policies[0] for each in judged.item.candidates}
    for rating in judged.ratings:
        given = {by_policy[each]: score for each, score in rating.scores.items()}
        assert given == {policy: 1 + place for place, policy in enumerate(POLICIES)}


def test_a_second_click_changes_nothing(kept: RatingStore, enter: Enter) -> None:
    rater = enter("ada")
    path, form = rater.scoring(rater.get(), 5, 2, 3, 4)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: rater.http.post(path, data=form), range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert _scores(kept) == [[5, 2, 3, 4]]


def test_going_back_shows_what_was_said_and_the_newest_counts(
    kept: RatingStore, enter: Enter
) -> None:
    rater = enter("ada")
    first = rater.get()
    rater.rate(first, 5, 1, 1, 1)
    again = rater.http.get(first.url)
    assert checked(again.text) == [5, 1, 1, 1]
    assert "You have rated this conversation" in again.text
    rater.rate(again, 1, 1, 1, 5)
    rater.rate(first, 2, 1, 1, 1)  # the old page, sent again with other scores
    assert _scores(kept) == [[2, 1, 1, 1]]
    assert "1 of 3 done" in rater.get().text


def test_undoing_shows_the_item_again_as_it_was_filled(kept: RatingStore, enter: Enter) -> None:
    rater = enter("ada")
    first = rater.get()
    after = rater.rate(first, 4, 3, 2, 1)
    back = rater.undo(after)
    assert back.url.path == first.url.path
    assert checked(back.text) == [4, 3, 2, 1]
    assert "taken back" in back.text
    assert "0 of 3 done" in back.text
    assert rater.undo(after).url.path == first.url.path  # the same click again
    assert kept.judged() == ()
    rater.rate(back, 4, 3, 2, 2)
    assert _scores(kept) == [[4, 3, 2, 2]]


def test_nobody_undoes_anothers(kept: RatingStore, enter: Enter) -> None:
    ada, ben = enter("ada"), enter("ben")
    ada.rate(ada.get(), 4, 3, 2, 1)
    mine = ben.rate(ben.get(), 1, 2, 3, 4)
    form = {**ben.form(mine.text, "/rate/undo"), "rating": "1"}
    assert ben.http.post("/rate/undo", data=form).status_code == 404
    assert len(_scores(kept)) == 2


def test_a_missing_score_keeps_the_others_on_the_page(kept: RatingStore, enter: Enter) -> None:
    rater = enter("ada")
    path, form = rater.scoring(rater.get(), 4, 3, 2, 1)
    form.popitem()
    answer = rater.http.post(path, data=form)
    assert answer.status_code == 422
    assert "every reply needs a score" in answer.text
    assert checked(answer.text) == [4, 3, 2]
    assert kept.judged() == ()


@pytest.mark.parametrize("score", ["0", "6", "-1", "five", "3.5", "٣", "9" * 40])
def test_a_score_that_is_none_is_refused(kept: RatingStore, enter: Enter, score: str) -> None:
    rater = enter("ada")
    path, form = rater.scoring(rater.get(), 4, 3, 2, 1)
    form[next(name for name in form if name.startswith("score"))] = score
    assert rater.http.post(path, data=form).status_code == 422
    assert kept.judged() == ()


@pytest.mark.parametrize("choice", ["first", "second", "neither"])
def test_a_shared_best_score_is_followed_by_a_question(
    kept: RatingStore, enter: Enter, choice: str
) -> None:
    rater = enter("ada")
    asked = rater.rate(rater.get(), 5, 1, 5, 5)
    assert "Which would you rather get?" in asked.text
    pair = tuple(shown(asked.text))
    assert len(set(pair)) == 2
    after = rater.prefer(asked, choice)
    assert "1 of 3 done" in after.text
    (judged,) = kept.judged()
    text = {each.candidate_id: each.messages[0].text for each in judged.item.candidates}
    answer = judged.ratings[0].preference
    assert answer is not None
    assert (text[answer.first], text[answer.second]) == pair
    assert answer.chosen == {"first": answer.first, "second": answer.second}.get(choice)
    assert rater.prefer(asked, choice).status_code == 200
    assert rater.http.post(asked.url.path, data=_spoiled(rater, asked)).status_code == 422


def _spoiled(rater: Rater, asked) -> dict[str, str]:
    return {**rater.form(asked.text, asked.url.path), "choice": "both"}


def test_two_raters_at_once(kept: RatingStore, enter: Enter) -> None:
    kept.add(items(8))

    def work(rater: Rater) -> None:
        answer = rater.get()
        while "All done" not in answer.text:
            answer = rater.rate(answer, 1, 2, 3, 4)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, (enter("ada"), enter("ben"))))
    assert [len(judged.ratings) for judged in kept.judged()] == [2] * 8
