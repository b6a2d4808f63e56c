"""What the pages for raters share: `/rate`, and any other page that shows students' masked words.

Signing in means pasting a token of `python -m bot.identity issue --suid NAME --role rater` (or an
admin's); it is kept in an HttpOnly, SameSite=Strict cookie for the pages of one path alone, and
every form carries a key bound to it. The app's own services stand in `app.state`.
"""

from bot.web.review.frame import create_review

__all__ = ["create_review"]
