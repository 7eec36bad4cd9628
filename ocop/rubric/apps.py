from django.apps import AppConfig


class RubricConfig(AppConfig):
    name = "ocop.rubric"
    label = "rubric"
    verbose_name = "Bộ tiêu chí"
