"""Measures the enrollment service and puts it under stress, on databases of its own."""
