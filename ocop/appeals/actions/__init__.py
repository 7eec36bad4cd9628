"""Every write of the room: an appeal, opinions on it, its answer."""

from .answering import advise, answer_appeal
from .filing import file_appeal

__all__ = ["advise", "answer_appeal", "file_appeal"]
