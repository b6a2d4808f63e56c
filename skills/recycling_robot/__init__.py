"""The recycling robot of lecture 9."""
