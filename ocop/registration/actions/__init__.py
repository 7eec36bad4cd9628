"""Registering subjects, their people, and products into a batch."""

from .people import bring_in, invite_again, let_act_for, open_account_for
from .products import register_product
from .recognitions import enter_recognition
from .subjects import correct_subject, register_subject

__all__ = [
    "bring_in",
    "correct_subject",
    "enter_recognition",
    "invite_again",
    "let_act_for",
    "open_account_for",
    "register_product",
    "register_subject",
]
