"""Entries: kinds, where they lie, which are in force, and what is wrong with them."""
