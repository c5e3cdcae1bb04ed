"""Conversations with the running desk: scripted ones, simulated buyers, and a walker that says anything."""
