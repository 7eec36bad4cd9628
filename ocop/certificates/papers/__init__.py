"""What the room prints: the certificate and the decision of recognition."""
