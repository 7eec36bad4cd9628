"""What the room prints: minutes, the letter of results and the letter that sends dossiers up."""
