"""The forms of a regime: layouts as data, and filling them with values. Pure: no Django, no database, no clock.

A layout is `rulebook/<regime>/forms/<form>.yaml`: blocks in reading order with the names of the values they show. Every
name stands in `book/values.yaml`, with the words a person knows it by. Schema: docs/rules/forms.md.
"""

from .filling import fill, missing
from .reading import Layout, ValueName, asks_for, known_values, layout_of, layouts_of, names_in

__all__ = ["Layout", "ValueName", "asks_for", "fill", "known_values", "layout_of", "layouts_of", "missing", "names_in"]
