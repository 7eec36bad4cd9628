"""Slow rehearsals of hard days: `make rehearse`. The default run leaves them out."""
