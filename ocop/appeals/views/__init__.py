"""The pages of the room: a dossier's appeals, the list of the offices, one appeal with its answer."""
