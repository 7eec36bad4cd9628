"""The pages of the room: samples of a batch and of a dossier, scans, tests."""
