"""`/label`: one masked utterance at a time, labelled with keyboard and mouse (docs/labelling.md).

Raters and admins label; admins adjudicate where two people differ.
"""

from bot.web.label.app import create_label

__all__ = ["create_label"]
