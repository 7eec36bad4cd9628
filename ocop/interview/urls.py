"""Doors of the room."""

from django.urls import path

from ocop.interview.views import card, overview

app_name = "interview"
urlpatterns = [
    path("phong-van/<int:pk>/", overview.cards, name="cards"),
    path("phong-van/<int:pk>/xong/", overview.ready, name="ready"),
    path("phong-van/<int:pk>/tom-tat/", overview.panel, name="panel"),
    path("phong-van/<int:pk>/<slug:code>/", card.card, name="card"),
    path("phong-van/<int:pk>/<slug:code>/luu/", card.card_save, name="card-save"),
    path("phong-van/<int:pk>/<slug:code>/lich-su/", card.history, name="history"),
    path("phong-van/<int:pk>/<slug:code>/ca-nhan/", card.personal, name="personal"),
]
