"""Forms that came back: what stands in them, and what of it is new."""
