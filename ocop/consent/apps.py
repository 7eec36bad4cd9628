from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "ocop.consent"
    label = "consent"
    verbose_name = "Ủy quyền nhập giúp"
