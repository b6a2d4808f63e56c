"""`/rate`: raters give each of up to four replies to a conversation a score from 1 to 5.

The page never tells which policy a reply comes from; each rater sees the replies in an order of
their own. What is sent counts once, and can be taken back.
"""

from bot.web.rating.app import create_rating

__all__ = ["create_rating"]
