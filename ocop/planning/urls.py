from django.urls import path

from ocop.planning import views

app_name = "planning"
urlpatterns = [
    path("chuong-trinh/", views.programmes, name="programmes"),
    path("chuong-trinh/moi/", views.programme_new, name="programme-new"),
    path("chuong-trinh/<int:pk>/", views.programme, name="programme"),
    path("chuong-trinh/<int:pk>/dot-moi/", views.batch_new, name="batch-new"),
    path("chuong-trinh/dot/<int:pk>/dong/", views.batch_close, name="batch-close"),
]
