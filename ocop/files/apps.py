from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "ocop.files"
    label = "files"
    verbose_name = "Tệp"
