"""The acts the policy chooses between: each is an action of the domain."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """Names as they stand in the domain. Those that begin with `utter_` need no action server."""

    LISTEN = "action_listen"
    ASK_CLASS = "action_ask_class"
    ASK_QUARTER = "action_ask_quarter"
    ASK_YEAR = "action_ask_year"
    ASK_CHOICE = "action_ask_choice"
    CONFIRM = "action_confirm"
    ASK_MEANING = "action_ask_meaning"
    ENROLL = "action_enroll"
    DROP = "action_drop"
    SWAP = "action_swap"
    UNDO = "action_undo"
    SEARCH = "action_search"
    COURSE = "action_course"
    ADVISE = "action_advise"
    SCHEDULE = "action_schedule"
    DATES = "action_dates"
    LECTURE = "action_lecture"
    PLAN = "action_plan"
    WHY_NOT = "action_why_not"
    TIMETABLE = "action_timetable"
    SKILL = "action_skill"
    NOTES = "action_notes"
    GREET = "utter_greet"
    GOODBYE = "utter_goodbye"
    THANKS = "utter_thanks"
    HELP = "utter_help"
    HANDOFF = "utter_handoff"
    OTHER = "utter_other"
    EMPTY = "utter_empty"
    SIGN_IN = "utter_sign_in"
    OTHER_STUDENT = "utter_other_student"
    CANCELLED = "utter_cancelled"
    NOTHING_TO_CANCEL = "utter_nothing_to_cancel"
    NOTHING_OPEN = "utter_nothing_open"
    UNCLEAR = "utter_unclear"
    REPHRASE = "utter_rephrase"
    NO_MORE = "utter_no_more"
    WHICH_ONE = "utter_which_one"
    TROUBLE = "utter_trouble"
    HAND_OVER = "action_hand_over"


# What changes a student's record: only ever with a complete, confirmed frame (see `decide`).
ON_RECORD = frozenset({Act.ENROLL, Act.DROP, Act.SWAP, Act.UNDO})
