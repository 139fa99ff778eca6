"""Reading and writing files: the only package that opens any."""
