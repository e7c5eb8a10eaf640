"""What a file may look like, and what can be wrong with it."""
