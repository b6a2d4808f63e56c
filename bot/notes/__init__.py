"""What students are told unasked: a freed seat, a decided petition, a cancelled or moved class.

The audit log is the outbox: what there is to tell stands there in the transaction of the change
itself, so that nothing is told that did not happen and nothing is lost. `reading` turns its new
entries into notes (`news` knows which are worth it), `queue` gives each note to one process at a
time, `delivering` finds the door and keeps trying. The words stand in bot/domain/notes.yml.
"""
