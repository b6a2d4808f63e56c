"""The dialogue policy as a Rasa component; what it decides is in `bot.dialogue.decide`."""
