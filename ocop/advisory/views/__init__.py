"""Pages of the advisory team."""
