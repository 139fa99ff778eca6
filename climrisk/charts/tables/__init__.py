"""One module for each chart table: from results to what is drawn."""
