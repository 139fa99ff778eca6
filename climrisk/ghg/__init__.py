"""Greenhouse gas accounts of a company: declarations and arrays in, figures out, no files."""
