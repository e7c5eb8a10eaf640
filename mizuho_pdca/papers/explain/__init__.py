"""How each figure of a review came about."""
