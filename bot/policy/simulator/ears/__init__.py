"""What is heard of it: the truth, noise like the real NLU's, or the real NLU."""
