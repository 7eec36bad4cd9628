"""The pages of the room: the way to a star, improvement plans, what steps cost."""
