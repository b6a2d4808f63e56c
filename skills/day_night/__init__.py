"""Day or night from a photo: network, training and the skill."""
