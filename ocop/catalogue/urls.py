from django.urls import path

from ocop.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.home, name="home"),
    path("xac-minh/", views.check, name="check"),
    path("xac-minh/<str:code>/", views.check_certificate, name="check-certificate"),
    path("theo-doi/", views.track, name="track"),
    path("theo-doi/<str:code>/", views.track_dossier, name="track-dossier"),
]
