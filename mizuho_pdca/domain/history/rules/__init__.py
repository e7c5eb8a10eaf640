"""The rules that a history is held against, one kind of finding a file: pure, told everything that they need."""
