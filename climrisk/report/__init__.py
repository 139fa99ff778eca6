"""Board climate briefings: content without format, then one writer for each format."""
