"""Ratings in print: the paper of those above the initiatives, their columns in others, how they came about."""
