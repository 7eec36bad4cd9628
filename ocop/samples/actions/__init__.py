"""Every write of the room: taking samples in, handing them over, asking for tests and answering them."""

from .keeping import issue_receipt, move_sample, receive_samples
from .testing import ask_test, record_test

__all__ = ["ask_test", "issue_receipt", "move_sample", "receive_samples", "record_test"]
