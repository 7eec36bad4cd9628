from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ocop.ui"
    label = "ui"
    verbose_name = "Giao diện"
