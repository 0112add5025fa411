"""What booking does by itself."""
