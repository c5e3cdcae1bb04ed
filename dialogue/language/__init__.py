"""Words: spaCy's tokenizer, and entities by spaCy's matcher from patterns kept as data."""
