"""What waits for a person today."""

from .tasks import Task, tasks_for

__all__ = ["Task", "tasks_for"]
