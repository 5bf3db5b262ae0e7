"""The pages of what goes to a board: the pack, decisions asked for, and the measures and evidence behind a plan."""

from django.urls import path

from wayhome.strategy.views import evidence, guidance, horizon, pack

urlpatterns = [
    path("plans/<uuid:plan_id>/pack", pack.board_pack, name="board_pack"),
    path("plans/<uuid:plan_id>/pack/make", pack.make_board_pack, name="make_board_pack"),
    path("plans/<uuid:plan_id>/decisions", evidence.decisions_of_plan, name="plan_decisions"),
    path("plans/<uuid:plan_id>/decisions/new", evidence.ask_for_decision, name="ask_for_decision"),
    path("decisions/<uuid:decision_id>", evidence.record_decision, name="record_decision"),
    path("measures", evidence.plan_measures, name="plan_measures"),
    path("measures/read", evidence.read_measures_now, name="read_measures_now"),
    path("actions/<uuid:action_id>/measures/new", evidence.link_measure, name="link_measure"),
    path("actions/<uuid:action_id>/measures/<slug:key>/end", evidence.unlink_measure, name="unlink_measure"),
    path("actions/<uuid:action_id>/evidence/new", evidence.add_evidence, name="add_evidence"),
    path("guidance", guidance.library, name="guidance_library"),
    path("guidance/new", guidance.add, name="add_guidance"),
    path("guidance/<uuid:guidance_id>", guidance.document, name="guidance"),
    path("guidance/<uuid:guidance_id>/change", guidance.change, name="change_guidance"),
    path("guidance/<uuid:guidance_id>/check", guidance.check, name="check_guidance"),
    path("guidance/<uuid:guidance_id>/replace", guidance.replace, name="replace_guidance"),
    path("guidance/<uuid:guidance_id>/read", guidance.acknowledge, name="acknowledge_guidance"),
    path("horizon", horizon.horizon, name="horizon"),
    path("horizon/new", horizon.add, name="add_to_horizon"),
    path("horizon/<uuid:horizon_id>", horizon.change, name="change_horizon"),
    path("horizon/<uuid:horizon_id>/decide", horizon.decide, name="decide_horizon"),
]
