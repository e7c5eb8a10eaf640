"""The git program, its objects, hooks and state."""
