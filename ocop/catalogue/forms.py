"""The one box of the public side."""

from __future__ import annotations

from django import forms


class CheckForm(forms.Form):
    """A code, a certificate number or a whole address, as typed or pasted."""

    ma = forms.CharField(max_length=300, required=False)
