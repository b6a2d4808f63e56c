"""Every intent in every state: an act, no broken rule, a state that survives JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from said import after, turn

from bot.dialogue.acts import ON_RECORD, Act
from bot.dialogue.decide import next_act, permitted
from bot.dialogue.state import (
    Ask,
    DialogueState,
    Filled,
    Goal,
    GoalKind,
    Mentioned,
    Question,
)
from nlu.schema import INTENTS

goals = st.builds(
    Goal,
    st.sampled_from(list(GoalKind)),
    st.just("k"),
    st.dictionaries(
        st.sampled_from(["code", "quarter", "year", "drop_code", "candidates", "class_id"]),
        st.builds(
            Filled, st.sampled_from(["CS106A", "Winter", 2019]), st.integers(0, 3), st.booleans()
        ),
        max_size=4,
    ),
)
states = st.builds(
    DialogueState,
    goals=st.lists(goals, max_size=2).map(tuple),
    question=st.one_of(st.none(), st.builds(Question, st.sampled_from(list(Ask)))),
    focus=st.one_of(st.none(), st.just(Mentioned("CS106A", "Programming"))),
    results=st.sampled_from([(), (Mentioned("CS1"), Mentioned("CS2"))]),
    turn=st.integers(0, 9),
)
spans = st.lists(
    st.tuples(
        st.sampled_from(["code", "title", "quarter", "year", "units", "subject", "day", "suid"]),
        st.sampled_from(["CS106A", "winter", "2019", "3", "monday", "05559999", "logic"]),
    ),
    max_size=3,
)


@given(states, st.sampled_from(INTENTS), spans, st.booleans())
def test_every_intent_in_every_state_has_an_act_and_breaks_no_rule(
    state: DialogueState, intent: str, said: list[tuple[str, str]], signed_in: bool
) -> None:
    text = " ".join(word for _, word in said) or "hm"
    labelled = [f"{slot}={word}" for slot, word in said]
    one = turn(text, intent, *labelled, suid="05551234" if signed_in else None)
    result = after(one, state=state)
    act = next_act(result, [], one.message_id)
    assert act in set(Act)
    if act in ON_RECORD:
        assert permitted(act, result)
    assert DialogueState.from_json(json.loads(json.dumps(result.to_json()))) == result
