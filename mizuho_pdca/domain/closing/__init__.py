"""The seal of a closed year."""
