"""The shape of what is typed to sign in."""

from __future__ import annotations

from django import forms

from ocop.ui.forms import Form


class SignInForm(Form):
    """E-mail address or phone number, and password."""

    username = forms.CharField(
        label="Số điện thoại hoặc thư điện tử",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
