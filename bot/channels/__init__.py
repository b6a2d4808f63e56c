"""The doors: each verifies who speaks, names the conversation and hands the message to Rasa."""
