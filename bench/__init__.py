"""Measurements of the running desk, printed as tables; `make bench`."""
