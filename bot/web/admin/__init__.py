"""`/admin`: an app of its own in the site: look through the data, change it, undo, import, decide.

One signs in with the university, or pastes a token of `python -m bot.identity issue --suid NAME
--role admin` (`bot.web.desk`); every form carries a key bound to the session.
"""

from bot.web.admin.app import create_admin

__all__ = ["create_admin"]
