"""What has to be done before the parts start: once, again after a change, and skipped while nothing changed."""
