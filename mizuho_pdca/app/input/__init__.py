"""What people type, read by one rule wherever they type it: words, names, days, years, figures."""
