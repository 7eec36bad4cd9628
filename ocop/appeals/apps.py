from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "ocop.appeals"
    label = "appeals"
    verbose_name = "Kiến nghị"
