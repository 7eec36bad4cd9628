from django.urls import path

from ocop.registration.views import people, products, recognitions, subjects

app_name = "registration"
urlpatterns = [
    path("chu-the/", subjects.subjects, name="subjects"),
    path("chu-the/moi/", subjects.subject_new, name="subject-new"),
    path("chu-the/<int:pk>/", subjects.subject, name="subject"),
    path("chu-the/<int:pk>/sua/", subjects.subject_correct, name="subject-correct"),
    path("chu-the/<int:pk>/nguoi/", people.person_new, name="person-new"),
    path("chu-the/<int:pk>/nguoi/<int:person_pk>/mat-khau/", people.person_password, name="person-password"),
    path("chu-the/<int:pk>/san-pham/moi/", products.product_new, name="product-new"),
    path("san-pham/<int:pk>/lan-cong-nhan-truoc/", recognitions.recognition, name="recognition"),
    path("san-pham/<int:pk>/lan-cong-nhan-truoc/<uuid:key>/", recognitions.recognition_scan, name="recognition-scan"),
    path("dang-ky/<int:pk>/", products.registration, name="registration"),
]
