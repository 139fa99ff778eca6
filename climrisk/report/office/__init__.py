"""What the writers of slides, papers and workbooks share."""
