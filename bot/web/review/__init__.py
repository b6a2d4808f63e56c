"""What the pages for raters share: `/rate`, and any other page that shows students' masked words.

Raters and admins sign in with the university, or with a token of `python -m bot.identity issue`
(`bot.web.desk`), for the pages of one path alone; every form carries a key bound to the session.
The app's own services stand in `app.state`.
"""

from bot.web.review.frame import create_review

__all__ = ["create_review"]
