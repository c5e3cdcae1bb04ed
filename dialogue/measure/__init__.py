"""Measuring: how well, how fast and how large, on messages that the model never saw."""
