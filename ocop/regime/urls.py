from django.urls import path

from ocop.regime import views

app_name = "regime"
urlpatterns = [
    path("luat/ngay-lam-viec/", views.working_days, name="working-days"),
    path("bo-tieu-chi/<slug:code>/", views.regime, name="regime"),
]
