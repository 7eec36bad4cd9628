"""What the room prints, each paper as a document and as merge values."""
