"""PDF by typst, tagged, with its own font."""
