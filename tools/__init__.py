"""What the Makefile calls: setting up, starting, locking. Standard library only, for the machine's own Python 3.9+."""
