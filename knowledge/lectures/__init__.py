"""What the CS230 lectures taught, found by meaning."""
