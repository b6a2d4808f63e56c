"""Logs that name nobody: every process calls `install` before it does anything else.

Masked are student and telephone numbers, e-mail addresses, tokens and codes, and the names of
students on record, in messages, their arguments, exceptions and tracebacks, whoever logs them.
"""

from knowledge.logs.installing import install
from knowledge.logs.masking import mask
from knowledge.logs.names import Names

__all__ = ["Names", "install", "mask"]
