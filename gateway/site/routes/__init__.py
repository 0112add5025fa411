"""One file for each page or act."""
