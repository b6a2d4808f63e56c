"""Makes items: simulated conversations, and what each policy would reply at one point of them."""
