"""What helps a council to read the papers: the first page, the headings of the list."""
