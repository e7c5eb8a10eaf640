"""Excel files as they come back: nothing is run, nothing is followed, nothing is trusted."""
