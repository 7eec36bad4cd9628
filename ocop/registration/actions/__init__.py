"""Registering subjects, their people, and products into a batch."""

from .products import register_product
from .recognitions import enter_recognition
from .subjects import bring_in, correct_subject, let_act_for, open_account_for, register_subject

__all__ = [
    "bring_in",
    "correct_subject",
    "enter_recognition",
    "let_act_for",
    "open_account_for",
    "register_product",
    "register_subject",
]
