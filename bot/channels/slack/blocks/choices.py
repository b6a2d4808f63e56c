"""Buttons of a reply as buttons or menus, and what a click or a selection says to the bot.

Up to five short ones are buttons; more, or a choice among things with details (the sections of a
class), are a menu whose lines show the details below. Whatever a title loses by Slack's lengths
stands in full above, and what is said is never cut as long as Slack can carry it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.slack.blocks import limits
from bot.channels.slack.blocks.elements import Block, actions, button, menu, option, sections
from bot.channels.slack.blocks.limits import size
from bot.channels.slack.blocks.wording import clean, shorten, unescape
from bot.channels.slack.blocks.words import word

SAY = "say:"  # actions with such an id say something to the bot
MOST_BUTTONS = 5
_MENU_LETTERS = 9000  # of all lines of one menu, so that it fits into a message


@dataclass(frozen=True)
class Choice:
    """What a student may pick: the words shown and the words said."""

    title: str
    says: str

    @classmethod
    def of(cls, title: object, says: object) -> Choice | None:
        """A choice from what a reply carries; None when there is nothing to say."""
        shown, said_words = clean(title), clean(says)
        if size(said_words) > limits.BUTTON_VALUE:  # longer than Slack carries: say the title
            said_words = shorten(shown or said_words, limits.BUTTON_VALUE)
        if not (shown or said_words):
            return None
        return cls(shown or said_words, said_words or shorten(shown, limits.BUTTON_VALUE))


def choices(buttons: object) -> list[Choice]:
    """The choices of a reply's `buttons`."""
    given = buttons if isinstance(buttons, list | tuple) else ()
    read = (Choice.of(b.get("title"), b.get("payload")) for b in given if isinstance(b, Mapping))
    return [choice for choice in read if choice is not None]


def rows(given: Sequence[Choice]) -> list[Block]:
    """The blocks that offer the choices, each meaning once: a menu takes no value twice."""
    first: dict[str, Choice] = {}
    for choice in given:
        first.setdefault(choice.says, choice)
    offered = list(first.values())
    if not offered:
        return []
    lines = [choice for choice in offered if size(choice.says) <= limits.OPTION_VALUE]
    if _as_menu(offered) and lines:
        alone = [choice for choice in offered if size(choice.says) > limits.OPTION_VALUE]
        return [*_in_full(offered, _whole_line), *_menus(lines), *_buttons(alone)]
    return [*_in_full(offered, _whole_button), *_buttons(offered)]


def said(action: Mapping[str, Any]) -> str | None:
    """What an action of a `block_actions` payload says to the bot; None for all other actions."""
    if not str(action.get("action_id", "")).startswith(SAY):
        return None
    chosen = action.get("selected_option")
    value = chosen.get("value") if isinstance(chosen, Mapping) else action.get("value")
    return unescape(value) if isinstance(value, str) and value else None


def title_of(action: Mapping[str, Any]) -> str:
    """The words on the button or the line that was chosen."""
    chosen = action.get("selected_option")
    shown = chosen.get("text") if isinstance(chosen, Mapping) else action.get("text")
    words = shown.get("text") if isinstance(shown, Mapping) else None
    return unescape(str(words)) if words else (said(action) or "")


def _as_menu(offered: Sequence[Choice]) -> bool:
    detailed = len(offered) > 1 and all(", " in choice.title for choice in offered)
    return len(offered) > MOST_BUTTONS or detailed


def _buttons(offered: Sequence[Choice]) -> list[Block]:
    """Rows of buttons; an `action_id` is unique within its row."""
    batches = [
        offered[start : start + MOST_BUTTONS] for start in range(0, len(offered), MOST_BUTTONS)
    ]
    return [
        actions([button(c.title, f"{SAY}{index}", c.says) for index, c in enumerate(batch)])
        for batch in batches
    ]


def _menus(offered: Sequence[Choice]) -> list[Block]:
    """A menu, or several when there are more lines than one may have."""
    batches = _batches([_line(choice) for choice in offered])
    if len(batches) == 1:
        return [actions([menu(word("choose"), f"{SAY}menu", batches[0])])]
    rows, first = [], 1
    for batch in batches:
        shown = word("choose_of", first=first, last=first + len(batch) - 1)
        rows.append(actions([menu(shown, f"{SAY}menu", batch)]))
        first += len(batch)
    return rows


def _batches(lines: Sequence[Block]) -> list[list[Block]]:
    """The lines in menus, none of which has too many lines or letters."""
    batches: list[list[Block]] = [[]]
    used = 0
    for line in lines:
        cost = letters(line)
        if len(batches[-1]) == limits.OPTIONS or used + cost > _MENU_LETTERS:
            batches.append([])
            used = 0
        batches[-1].append(line)
        used += cost
    return batches


def letters(part: object) -> int:
    """All letters in a block or a list of blocks, which Slack limits in sum."""
    if isinstance(part, str):
        return size(part)
    inner = part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ()
    return sum(letters(each) for each in inner)


def _line(choice: Choice) -> Block:
    head, _, details = choice.title.partition(", ")
    if not details or size(head) > limits.OPTION_TEXT:
        return option(choice.title, choice.says)
    return option(head, choice.says, details)


def _whole_line(choice: Choice) -> bool:
    head, _, details = choice.title.partition(", ")
    if size(choice.title) <= limits.OPTION_TEXT:
        return True
    return size(head) <= limits.OPTION_TEXT and size(details) <= limits.OPTION_DESCRIPTION


def _whole_button(choice: Choice) -> bool:
    return size(choice.title) <= limits.BUTTON_TEXT


def _in_full(offered: Sequence[Choice], fits: Any) -> list[Block]:
    """The titles that are cut below, in full."""
    return sections("\n".join(f"• {choice.title}" for choice in offered if not fits(choice)))
