"""The service's tables, the questions it asks of them, and the migrations that make them."""
