"""Action handlers: read the dialogue state, call one service, utter, leave the new state behind."""
