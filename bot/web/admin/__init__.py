"""`/admin`: an app of its own in the site: look through the data, change it, undo, import, decide.

Signing in means pasting a token of `python -m bot.identity issue --suid NAME --role admin`; it is
kept in an HttpOnly, SameSite=Strict cookie, and every form carries a key bound to it.
"""

from bot.web.admin.app import create_admin

__all__ = ["create_admin"]
