"""Pure values and facts of the registrar: standard library alone, no I/O."""
