"""From the raw text of a span to its value: pure functions, one module a kind of slot.

The tagger says where a quarter is; these say which. Relative values ("next quarter") stay relative:
only the dialogue knows the academic clock.
"""
