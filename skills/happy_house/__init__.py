"""The Happy House: a door camera that lets happy people in."""
