from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from wayhome.access.requests import ViewerRequest, signed_in
from wayhome.access.submitting import is_sent, typed_in
from wayhome.audit import commands as audit
from wayhome.web.showing import number

LARGEST_DRAFT = 200_000  # bytes: a return interview of sixty pages


@require_POST
@signed_in
def draft(request: ViewerRequest, form: str, subject: str = "") -> HttpResponse:
    """Keeps what is typed. A draft on its way when its form was sent arrives too late, and is not kept."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST_DRAFT:
        too_long = (
            f"This is longer than the {number(LARGEST_DRAFT)} characters that can be kept. Send it in parts."
        )
        return JsonResponse({"message": too_long}, status=413)
    sent_before = is_sent(request)
    if not sent_before:
        audit.save_draft(
            viewer=request.viewer, now=request.now, form=form, subject=subject, data=typed_in(request)
        )
    return JsonResponse({"saved_at": request.now.isoformat(), "sent": sent_before})
