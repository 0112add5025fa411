"""What is done on the queue or again and again; every job welcomes repeats."""
