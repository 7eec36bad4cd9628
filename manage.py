#!/usr/bin/env python
"""The same commands as `ocop`, for those who expect this file."""

import sys

from config.cli import main

if __name__ == "__main__":
    sys.exit(main())
