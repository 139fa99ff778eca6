"""A whole study as one Excel workbook: written for people, read back without loss."""
