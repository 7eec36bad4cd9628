from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "ocop.registration"
    label = "registration"
    verbose_name = "Đăng ký"
