"""What a town publishes of a year as open data: tidy tables of results, never a text that somebody recorded."""
