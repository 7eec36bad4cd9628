from django.apps import AppConfig


class InterviewConfig(AppConfig):
    name = "ocop.interview"
    label = "interview"
    verbose_name = "Phỏng vấn"
