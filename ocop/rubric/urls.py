from django.urls import path

from ocop.rubric import views

app_name = "rubric"
urlpatterns = [
    path("bo-tieu-chi/", views.book, name="book"),
    path("bo-tieu-chi/<slug:regime_code>/<int:set_no>/", views.criteria_set, name="set"),
]
