"""The blocks of a board briefing, one module each."""
