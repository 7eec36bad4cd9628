"""Every room's door, in the order of the floor plan."""

from django.urls import include, path

from ocop.catalogue.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("ocop.ui.urls")),
    path("", include("ocop.accounts.urls")),
    path("", include("ocop.audit.urls")),
    path("", include("ocop.files.urls")),
    path("", include("ocop.paperwork.urls")),
    path("", include("ocop.regime.urls")),
    path("", include("ocop.rubric.urls")),
    path("", include("ocop.planning.urls")),
    path("", include("ocop.registration.urls")),
    path("", include("ocop.consent.urls")),
    path("", include("ocop.wallet.urls")),
    path("", include("ocop.interview.urls")),
    path("", include("ocop.ideas.urls")),
    path("", include("ocop.dossiers.urls")),
    path("", include("ocop.coaching.urls")),
    path("", include("ocop.intake.urls")),
    path("", include("ocop.samples.urls")),
    path("", include("ocop.advisory.urls")),
    path("", include("ocop.council.urls")),
    path("", include("ocop.certificates.urls")),
    path("", include("ocop.appeals.urls")),
    path("", include("ocop.catalogue.urls")),
    path("", include("ocop.desk.urls")),
]
handler400 = "ocop.ui.views.bad_request"
handler403 = "ocop.ui.views.forbidden"
handler404 = "ocop.ui.views.not_found"
handler500 = "ocop.ui.views.server_error"
