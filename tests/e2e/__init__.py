"""The whole suite, as people meet it in a browser."""
