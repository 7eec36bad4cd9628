"""What the room prints: labels for samples, and the receipt for whoever brought them."""

from .labels import labels
from .receipt import RECEIPT, receipt_paper

__all__ = ["RECEIPT", "labels", "receipt_paper"]
