"""The commands that record, by questions: what each asks for, how an answer is checked, what becomes of it."""
