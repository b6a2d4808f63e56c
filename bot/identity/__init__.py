"""Who is speaking: tokens, sign-ins and the conversations that belong to them.

The doors call `Gate`; people call `python -m bot.identity issue --suid 05551234`. A student's
number is only ever taken from a token, never from what was typed.
"""

from bot.identity.gate import (
    ANONYMOUS,
    SERVICE_LIFETIME,
    STUDENT_LIFETIME,
    VISITOR_LIFETIME,
    Gate,
)

__all__ = ["ANONYMOUS", "SERVICE_LIFETIME", "STUDENT_LIFETIME", "VISITOR_LIFETIME", "Gate"]
