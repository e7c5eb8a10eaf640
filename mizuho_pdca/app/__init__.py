"""Use cases: what a command does, without how it was typed or how it is shown."""
