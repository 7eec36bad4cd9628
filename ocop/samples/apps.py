from django.apps import AppConfig


class SamplesConfig(AppConfig):
    name = "ocop.samples"
    label = "samples"
    verbose_name = "Mẫu sản phẩm"
