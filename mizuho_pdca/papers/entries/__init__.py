"""Entries as people read them: in one line, in a list, and one with everything that it holds."""
