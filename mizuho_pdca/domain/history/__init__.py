"""What git's history holds: commits, and the rules of the audit."""
