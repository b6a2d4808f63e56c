"""The engines behind the interface, one a file; `choosing` opens what an installation has."""
