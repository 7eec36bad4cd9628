"""The pages of the receiving desks."""
