from django.urls import path

from ocop.desk import views

app_name = "desk"
urlpatterns = [
    path("viec-hom-nay/", views.today, name="today"),
    path("tim/", views.search, name="search"),
]
