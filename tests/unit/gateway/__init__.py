"""The gateway's pure parts."""
