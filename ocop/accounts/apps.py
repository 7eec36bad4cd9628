from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ocop.accounts"
    label = "accounts"
    verbose_name = "Người dùng"

    def ready(self) -> None:
        from ocop.accounts import sessions  # noqa: F401 (connects what happens at every sign-in)
