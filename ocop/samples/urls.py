"""Doors of the room."""

from django.urls import path, re_path

from ocop.samples.views import lists, receiving, scanning, testing

app_name = "samples"
urlpatterns = [
    path("mau/", lists.list_, name="list"),
    path("mau/thieu/", lists.lacking, name="lacking"),
    path("mau/quet/", scanning.scan, name="scan"),
    path("mau/<str:code>/", scanning.sample, name="sample"),
    path("ho-so/<int:pk>/mau-san-pham/", receiving.dossier_samples, name="dossier"),
    path("ho-so/<int:pk>/mau-san-pham/tem.pdf", receiving.label_sheet, name="labels"),
    path("ho-so/<int:pk>/mau-san-pham/tom-tat/", receiving.dossier_panel, name="dossier-panel"),
    path("mau/lan-nhan/<int:pk>/bien-nhan/", receiving.receipt, name="receipt"),
    re_path(
        r"^mau/lan-nhan/(?P<pk>\d+)/bien-nhan\.(?P<ending>pdf|docx)$", receiving.receipt_file, name="receipt-paper"
    ),
    path("ho-so/<int:pk>/kiem-nghiem/", testing.tests, name="tests"),
    path("kiem-nghiem/<int:pk>/", testing.test, name="test"),
    path("kiem-nghiem/<int:pk>/phieu/", testing.test_paper, name="test-paper"),
]
