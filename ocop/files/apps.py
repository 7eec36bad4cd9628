from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "ocop.files"
    label = "files"
    verbose_name = "Tệp"

    def ready(self) -> None:
        """Bound the reader of PDF files before the first one comes."""
        from ocop.files.contents.pdf import guard_memory

        guard_memory()
