"""CSV that Excel opens without harm."""
