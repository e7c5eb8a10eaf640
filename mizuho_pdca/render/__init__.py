"""One module a format; each draws what core computed and knows nothing of files."""
