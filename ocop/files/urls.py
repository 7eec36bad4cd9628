"""Doors of the room: files on their way. A kept file is handed out by the room that owns it."""

from django.urls import path

from ocop.files import views

app_name = "files"
urlpatterns = [
    path("tai-len/", views.uploads, name="uploads"),
    path("tai-len/dang-cho/", views.waiting, name="waiting"),
    path("tai-len/<uuid:key>/", views.upload, name="upload"),
    path("tai-len/<uuid:key>/xem/", views.upload_preview, name="upload-preview"),
]
