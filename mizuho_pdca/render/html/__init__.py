"""One page of HTML that needs no other file."""
