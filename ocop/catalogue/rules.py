"""What a shopper typed or pasted. Pure."""

from __future__ import annotations

import re

IN_ADDRESS = re.compile(r"/(?:xac-minh|theo-doi)/([^/?#\s]+)", re.IGNORECASE)


def sought(typed: str) -> str:
    """The code or certificate number in what was typed: the code out of a whole address, else the text itself."""
    address = IN_ADDRESS.search(typed)
    return address.group(1) if address else " ".join(typed.split())
