"""Where a goalkeeper should kick: a match's kicks, the line between friend and opponent."""
