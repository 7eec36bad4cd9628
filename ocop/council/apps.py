from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "ocop.council"
    label = "council"
    verbose_name = "Hội đồng"
