"""Arithmetic that gives the same bits on every machine, and the place where it is compiled."""
