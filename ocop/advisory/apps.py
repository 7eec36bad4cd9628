from django.apps import AppConfig


class AdvisoryConfig(AppConfig):
    name = "ocop.advisory"
    label = "advisory"
    verbose_name = "Tổ tư vấn"
