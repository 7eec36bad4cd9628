"""Writes of coaching: what steps cost, improvement plans and their tasks."""

from .plans import add_task, end_improvement, plan_improvement, update_task
from .steps import withdraw_step, write_step

__all__ = ["add_task", "end_improvement", "plan_improvement", "update_task", "withdraw_step", "write_step"]
