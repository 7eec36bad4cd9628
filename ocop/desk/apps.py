from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "ocop.desk"
    label = "desk"
    verbose_name = "Bàn việc"
