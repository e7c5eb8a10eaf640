"""What is said, as typed cells in a reader's language, blind to any format."""
