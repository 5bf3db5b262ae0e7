from django.urls import path

from wayhome.missing import notification_urls, repeat_urls
from wayhome.missing.views import (
    correcting,
    duty,
    ending,
    episode,
    found,
    interview,
    marks,
    out_of_area,
    not_heard,
    pack,
    report,
    risk,
)

AN_EPISODE = "episodes/<uuid:episode_id>"
A_REPORT = "report/<uuid:person_id>"

# A form's name is its address's name, and the subject of its draft is the id in it: a draft leads back to its form.
urlpatterns = [
    path("out-of-area", out_of_area.out_of_area, name="out_of_area"),
    path("packs/<uuid:person_id>", pack.missing_pack, name="missing_pack"),
    path("packs/<uuid:person_id>/print", pack.print_missing_pack, name="print_missing_pack"),
    path("report/ring", report.ring_to_report, name="ring_to_report"),
    path(A_REPORT, report.report_missing, name="report_missing"),
    path(f"{A_REPORT}/check", report.report_check, name="report_check"),
    path(f"{A_REPORT}/already/<uuid:episode_id>", report.report_already, name="report_already"),
    path(f"{A_REPORT}/<slug:step>", report.report_step, name="report_step"),
    path(f"{A_REPORT}/<slug:step>/typed", report.report_typed, name="report_typed"),
    *notification_urls.PATTERNS,
    *repeat_urls.PATTERNS,
    path(AN_EPISODE, episode.episode, name="episode"),
    path(f"{AN_EPISODE}/reported", episode.reported, name="reported"),
    path(f"{AN_EPISODE}/risk", risk.judge_risk, name="judge_risk"),
    path(f"{AN_EPISODE}/located", found.record_located, name="record_located"),
    path(f"{AN_EPISODE}/returned", found.record_returned, name="record_returned"),
    path(f"{AN_EPISODE}/returned/correct", correcting.correct_return, name="correct_return"),
    path(f"{AN_EPISODE}/returned/undo", correcting.undo_return, name="undo_return"),
    path(f"{AN_EPISODE}/safe-and-well", found.record_safe_and_well, name="record_safe_and_well"),
    path(f"{AN_EPISODE}/offer", interview.offer_interview, name="offer_interview"),
    path(f"{AN_EPISODE}/interview", interview.hold_interview, name="hold_interview"),
    path(f"{AN_EPISODE}/interview/text", marks.interview_text, name="interview_text"),
    path(f"{AN_EPISODE}/interview/mark", marks.mark_sentence, name="mark_sentence"),
    path(f"{AN_EPISODE}/interview/mentions", marks.interview_mentions, name="interview_mentions"),
    path("marks", marks.marks, name="marks"),
    path("marks/<uuid:mark_id>", marks.answer_mark, name="answer_mark"),
    path(f"{AN_EPISODE}/no-interview", not_heard.interview_not_held, name="interview_not_held"),
    path(f"{AN_EPISODE}/after-no", not_heard.after_no, name="after_no"),
    path(f"{AN_EPISODE}/offer-again", not_heard.offer_again, name="offer_again"),
    path("not-heard", not_heard.not_heard_list, name="not_heard"),
    path(f"{AN_EPISODE}/duties/<slug:duty>", duty.answer_duty, name="answer_duty"),
    path(f"{AN_EPISODE}/duties/<slug:duty>/receipt", duty.note_receipt, name="note_receipt"),
    path(f"{AN_EPISODE}/duties/<slug:duty>/late", duty.explain_late, name="explain_late"),
    path(f"{AN_EPISODE}/analysis", ending.analyse_return, name="analyse_return"),
    path(f"{AN_EPISODE}/close", ending.close_episode, name="close_episode"),
    path(f"{AN_EPISODE}/set-aside", ending.set_aside_episode, name="set_aside_episode"),
    path(f"{AN_EPISODE}/merge", ending.merge_episodes, name="merge_episodes"),
]
