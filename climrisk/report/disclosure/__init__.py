"""The disclosure index: what study and run show of each row of a standard."""
