"""The pages of the room: ideas, what offices say, plans and how they are carried out."""
