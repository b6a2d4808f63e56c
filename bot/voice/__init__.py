"""Voice: speech to text and text to speech behind one interface, with offline engines."""
