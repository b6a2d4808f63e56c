"""The systems of the CS230 lectures as skills: one protocol, one registry, one job server."""
