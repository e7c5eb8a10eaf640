"""JSON for programs, a schema's name in each."""
