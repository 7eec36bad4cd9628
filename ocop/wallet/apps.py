from django.apps import AppConfig


class WalletConfig(AppConfig):
    name = "ocop.wallet"
    label = "wallet"
    verbose_name = "Ví minh chứng"
