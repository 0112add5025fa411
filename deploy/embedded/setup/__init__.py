"""What has to be done before the parts start: once, and again only after a change."""
