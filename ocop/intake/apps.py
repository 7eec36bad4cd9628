from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "ocop.intake"
    label = "intake"
    verbose_name = "Tiếp nhận"
