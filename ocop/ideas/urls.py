"""Doors of the room."""

from django.urls import URLPattern

app_name = "ideas"
urlpatterns: list[URLPattern] = []
