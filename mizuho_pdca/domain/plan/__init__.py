"""The plan: numbers, scheme, indicators, nodes, and what is wrong with one."""
