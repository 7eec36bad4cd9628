"""The addresses of room `paperwork`."""

from django.urls import path

from ocop.paperwork.views import checking, register, templates

app_name = "paperwork"
urlpatterns = [
    path("kiem-tra-van-ban/", checking.check, name="check"),
    path("kiem-tra-van-ban/<str:code>/", checking.check_code, name="check-code"),
    path("van-thu/", templates.templates, name="templates"),
    path("van-thu/so-van-ban/", register.register, name="register"),
    path("van-thu/van-ban/<str:code>/ky-so/", register.sign, name="sign"),
    path("van-thu/<int:unit>/<str:kind>/", templates.kind_page, name="kind"),
    path("van-thu/<int:unit>/<str:kind>/mau-khoi-dau.docx", templates.starter_file, name="starter"),
    path("van-thu/<int:unit>/<str:kind>/ve-mau-chuan/", templates.retire, name="retire"),
    path("van-thu/<int:unit>/<str:kind>/thu/<uuid:key>/", templates.candidate, name="candidate"),
    path(
        "van-thu/<int:unit>/<str:kind>/thu/<uuid:key>/dien-thu.docx",
        templates.candidate_filled,
        name="candidate-filled",
    ),
    path("van-thu/<int:unit>/<str:kind>/ban-<int:version>.docx", templates.template_file, name="template"),
    path("van-thu/<int:unit>/<str:kind>/ban-<int:version>-dien-thu.docx", templates.template_filled, name="filled"),
]
