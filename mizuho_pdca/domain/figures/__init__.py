"""Exact reckoning: rounding, counts and rates, achievement of indicators."""
