"""One module for each page, with one function `page()`."""
