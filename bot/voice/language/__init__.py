"""What the offline recogniser expects to hear: words with their sounds, and how likely they follow.

Built at first use from the catalogue's lexicon and the NLU's training sentences, then kept.
"""

from bot.voice.language.building import LanguageFiles, language_files

__all__ = ["LanguageFiles", "language_files"]
