"""The states of a task of an improvement plan."""

from __future__ import annotations

from django.db.models import TextChoices


class TaskState(TextChoices):
    """How far a task is."""

    TODO = "todo", "Chưa làm"
    DOING = "doing", "Đang làm"
    DONE = "done", "Đã xong"
    DROPPED = "dropped", "Không làm nữa"


OPEN_TASKS = (TaskState.TODO, TaskState.DOING)
TASK_TONES = {TaskState.TODO: "wait", TaskState.DOING: "work", TaskState.DONE: "good", TaskState.DROPPED: "neutral"}
UNKNOWN_COST = "chưa có ước tính"  # a cost nobody wrote down is never nothing
