"""What the doors keep, in the database of QUAD_DATABASE_URL: own tables with their own migrations.

Sign-ins, one-time codes, handled messages, the outbox, Slack's workspaces and events, the door a
student used last and the notes on their way there. `knowledge` does not know them; they stand in
the same database so that all replicas share them. Queries live in the rooms that use them.
"""
