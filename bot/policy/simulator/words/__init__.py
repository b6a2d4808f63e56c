"""How it is said: families of phrases and ways of writing values."""
