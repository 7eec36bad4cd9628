from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "ocop.catalogue"
    label = "catalogue"
    verbose_name = "Trang công khai"
