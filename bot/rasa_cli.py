"""Rasa's own command line in this environment: `python -m bot.rasa_cli train|data validate|test`.

Called by the Makefile; the only difference to `rasa …` is that the stand-ins are installed first.
"""

from __future__ import annotations

from bot.rasa_compat import install


def main() -> None:
    """Install the stand-ins, then hand over to Rasa."""
    install()
    from rasa.__main__ import main as rasa_main

    rasa_main()


if __name__ == "__main__":
    main()
