from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "ocop.paperwork"
    label = "paperwork"
    verbose_name = "Văn thư"
