"""Text for a screen, a pipe or a file."""
