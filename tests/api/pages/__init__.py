"""The pages, asked through Flask's test client, with services that answer from memory."""
