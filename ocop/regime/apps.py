from django.apps import AppConfig


class RegimeConfig(AppConfig):
    name = "ocop.regime"
    label = "regime"
    verbose_name = "Thế hệ luật"
