"""Doors of the room."""

from django.urls import path

from ocop.wallet.views import reading, writing

app_name = "wallet"
urlpatterns = [
    path("vi-minh-chung/", reading.own, name="own"),
    path("vi-minh-chung/loai-giay/", reading.kind_hint, name="kind-hint"),
    path("chu-the/<int:pk>/vi/", reading.wallet, name="wallet"),
    path("chu-the/<int:pk>/vi/o/", reading.panel, name="panel"),
    path("chu-the/<int:pk>/vi/them/", writing.add, name="add"),
    path("chu-the/<int:pk>/vi/them-nhieu/", writing.add_many, name="add-many"),
    path("chu-the/<int:pk>/vi/<int:paper_pk>/", reading.paper, name="paper"),
    path("chu-the/<int:pk>/vi/<int:paper_pk>/tep/", reading.paper_file, name="paper-file"),
    path("chu-the/<int:pk>/vi/<int:paper_pk>/xem/", reading.paper_preview, name="paper-preview"),
    path("chu-the/<int:pk>/vi/<int:paper_pk>/sua/", writing.correct, name="correct"),
    path("chu-the/<int:pk>/vi/<int:paper_pk>/ban-moi/", writing.renew, name="renew"),
    path("chu-the/<int:pk>/vi/<int:paper_pk>/cat/", writing.withdraw, name="withdraw"),
]
