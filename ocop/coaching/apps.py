from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "ocop.coaching"
    label = "coaching"
    verbose_name = "Củng cố hồ sơ"
