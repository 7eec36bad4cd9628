"""Doors of the room."""

from django.urls import path

from ocop.consent import views

app_name = "consent"
urlpatterns = [
    path("chu-the/<int:pk>/nhap-giup/", views.consent, name="consent"),
    path("chu-the/<int:pk>/nhap-giup/ma/", views.code, name="code"),
    path("chu-the/<int:pk>/nhap-giup/o/", views.panel, name="panel"),
    path("chu-the/<int:pk>/nhap-giup/<int:consent_pk>/thoi/", views.end, name="end"),
    path("chu-the/<int:pk>/nhap-giup/<int:consent_pk>/loi-dong-y/", views.statement, name="statement"),
]
