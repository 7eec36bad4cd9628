"""Doors of the room."""

from django.urls import URLPattern

app_name = "interview"
urlpatterns: list[URLPattern] = []
