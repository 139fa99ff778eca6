"""Workshops: sessions, private estimates, reveal, pooling, commits and the change log."""
