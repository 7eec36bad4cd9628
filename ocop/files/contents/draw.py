"""One page of a PDF as a JPEG on standard output: `draw.py <PDF> <page, from 1> <points of its longer side> <seconds>`.

A program of its own, so that time and memory are bounded by the system and whatever falls over inside falls alone.
"""

import resource
import sys

MEMORY = 1024 * 1024 * 1024
LARGEST = 4.0  # times the page's own size: a stamp is not blown up to a sheet
QUALITY = 80


def draw(place: str, number: int, side: int, seconds: int) -> None:
    """Write the page; any failure ends the program with an error."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from pypdfium2 import PdfDocument

    with PdfDocument(place) as pdf:
        pdf.init_forms()  # what was filled into a form is part of the page
        page = pdf[number - 1]
        scale = min(side / max(*page.get_size(), 1), LARGEST)
        picture = page.render(scale=scale).to_pil()
        picture.convert("RGB").save(sys.stdout.buffer, "JPEG", quality=QUALITY, optimize=True)


if __name__ == "__main__":
    draw(sys.argv[1], *map(int, sys.argv[2:5]))
