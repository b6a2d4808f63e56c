"""What simulated students want, drawn from the catalogue."""
