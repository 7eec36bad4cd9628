from django.urls import path

from ocop.regime import views

app_name = "regime"
urlpatterns = [
    path("bo-tieu-chi/<slug:code>/", views.regime, name="regime"),
]
