"""Words that a criteria set's data may use."""

GATING_RULES = ("zero_points_stops_evaluation",)
MARKED_STARS = (3, 4, 5)
TOTAL = 100
