"""The sample data: a catalogue, timetables and students; all people in it are synthetic."""
