"""The whole API in one OpenAPI document, and a page to read it."""
