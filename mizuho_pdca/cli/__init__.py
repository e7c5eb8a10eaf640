"""The command line: every command parses, calls a use case, renders, and returns an exit code."""
