"""Where each module's pages are."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("wayhome.access.sign_in_urls")),
    path("access/", include("wayhome.access.urls")),
    path("partnership/", include("wayhome.access.partnership_urls")),
    path("people/", include("wayhome.people.urls")),
    path("", include("wayhome.desk.urls")),
    path("missing/", include("wayhome.missing.urls")),
    path("exploitation/", include("wayhome.exploitation.plan_urls")),
    path("", include("wayhome.exploitation.answer_urls")),
    path("strategy/", include("wayhome.strategy.cycle_urls")),
    path("strategy/", include("wayhome.strategy.import_urls")),
    path("strategy/", include("wayhome.strategy.plan_urls")),
    path("strategy/", include("wayhome.strategy.paper_urls")),
    path("exploitation/", include("wayhome.exploitation.referral_urls")),
    path("exploitation/", include("wayhome.exploitation.around_urls")),
    path("exploitation/", include("wayhome.exploitation.assessment_urls")),
    path("measures/", include("wayhome.insight.urls")),
    path("returns/", include("wayhome.statutory.urls")),
]
