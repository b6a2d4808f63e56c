"""Slack's lengths and counts, as its developer documentation gives them.

Pages of docs.slack.dev: "Blocks", "Block elements", "Composition objects", "Modal views", "Home
tab views", "chat.postMessage". Lengths are counted in UTF-16 units: what Slack calls a character
is nowhere defined, and no other count is larger for a string of the same code points.
"""

from __future__ import annotations

BLOCKS = 50  # of one message
VIEW_BLOCKS = 100  # of one modal or Home tab
SECTION_TEXT = 3000
FIELDS = 10
FIELD_TEXT = 2000
ACTIONS = 25  # elements of one actions block
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
ADDRESS = 3000  # of a link or picture
OPTIONS = 100  # of one menu
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTION_DESCRIPTION = 75
PLACEHOLDER = 150
HEADER = 150
ALT_TEXT = 2000
CONTEXT = 10  # elements of one context block
VIEW_TITLE = 24
METADATA = 3000  # `private_metadata` of a view
IDENTIFIER = 255  # block_id, action_id, callback_id, external_id
LABEL = 2000  # label and hint of an input
TEXT = 40_000  # `text` of a message; Slack cuts what is longer

# Not a documented limit: blocks with more letters than about 13,000 in all are refused with
# `msg_blocks_too_long` (github.com/slackapi/bolt-js, issue 2509).
LETTERS = 12_000
FALLBACK = 3000  # `text` beside blocks is read in notifications and by screen readers alone


def size(text: str) -> int:
    """The length of a text as we count it for Slack: UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)
