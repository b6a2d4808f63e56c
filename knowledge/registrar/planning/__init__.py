"""Degree planning: progress in a programme, the next terms as a constraint problem, and "why not?".

`planner` and `explaining` load OR-tools, so they are imported where the first plan is asked for;
everything else here is cheap. Start reading at `case` and `planner`.
"""
