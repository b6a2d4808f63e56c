"""From the cat classifier to many animals (lecture 2), and what the layers on the way hold."""
