"""The council's pages, one module per subject."""
