from django.urls import path

from ocop.ui import views

app_name = "ui"
urlpatterns = [path("giao-dien/", views.guide, name="guide")]
