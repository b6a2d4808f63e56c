"""The dialogue: its state, what a turn means in it, and which act comes next. Pure, no Rasa.

`turn` reads a parsed message, `state` is what is remembered, `track` updates the one with the
other, `decide` names the next act. The actions and the policy component are its only callers.
"""
