"""The pages of the room: lists, the dossier, its writing, its intake."""
