"""What the room prints: the commune's report (Mẫu 03)."""
