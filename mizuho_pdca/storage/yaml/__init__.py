"""YAML: one reader, one writer, and what people do wrong."""
