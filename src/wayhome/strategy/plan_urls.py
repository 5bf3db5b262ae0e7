"""The addresses of plans, their actions and of strategies."""

from django.urls import path

from wayhome.strategy.views import action, commitment, document, grouping, home, owner, plan, progress

urlpatterns = [
    path("", home.strategy, name="strategy"),
    path("plans/new", plan.new_plan, name="new_plan"),
    path("plans/<uuid:plan_id>", plan.plan, name="plan"),
    path("plans/<uuid:plan_id>/edit", plan.edit_plan, name="edit_plan"),
    path("plans/<uuid:plan_id>/key", plan.plan_key, name="plan_key"),
    path("plans/<uuid:plan_id>/move/<slug:state>", plan.move_plan, name="move_plan"),
    path("plans/<uuid:plan_id>/headings/new", grouping.new_grouping, name="new_grouping"),
    path("headings/<uuid:grouping_id>/edit", grouping.edit_grouping, name="edit_grouping"),
    path("plans/<uuid:plan_id>/objectives/new", grouping.new_objective, name="new_objective"),
    path("objectives/<uuid:objective_id>/edit", grouping.edit_objective, name="edit_objective"),
    path("plans/<uuid:plan_id>/commitments", commitment.commitments, name="commitments"),
    path("plans/<uuid:plan_id>/commitments/new", commitment.new_commitment, name="new_commitment"),
    path("commitments/<uuid:commitment_id>/actions", commitment.serve_commitment, name="serve_commitment"),
    path("commitments/<uuid:commitment_id>/drop", commitment.drop_commitment, name="drop_commitment"),
    path("plans/<uuid:plan_id>/actions/new", action.new_action, name="new_action"),
    path("actions/<uuid:action_id>", action.action, name="action"),
    path("actions/<uuid:action_id>/edit", action.edit_action, name="edit_action"),
    path("actions/<uuid:action_id>/end", action.end_action, name="end_action"),
    path("actions/<uuid:action_id>/update", progress.update_action, name="update_action"),
    path("actions/<uuid:action_id>/rate", progress.rate_action, name="rate_action"),
    path("actions/<uuid:action_id>/owners/new", owner.give_owner, name="give_owner"),
    path("owners/<uuid:owner_id>/resolve", owner.resolve_owner, name="resolve_owner"),
    path("owners/<uuid:owner_id>/end", owner.end_owner, name="end_owner"),
    path("actions/<uuid:action_id>/resources/new", owner.add_resource, name="add_resource"),
    path("resources/<uuid:resource_id>/edit", owner.change_resource, name="change_resource"),
    path("actions/<uuid:action_id>/links/new", owner.link_action, name="link_action"),
    path("strategies/new", document.new_strategy, name="new_strategy"),
    path("strategies/<uuid:document_id>", document.strategy_document, name="strategy_document"),
    path("strategies/<uuid:document_id>/edit", document.edit_strategy, name="edit_strategy"),
    path("strategies/<uuid:document_id>/approve", document.approve_strategy, name="approve_strategy"),
    path("strategies/<uuid:document_id>/<slug:step>", document.move_strategy, name="move_strategy"),
    path("strategies/<uuid:document_id>/sections/new", document.new_section, name="new_section"),
    path("sections/<uuid:section_id>/edit", document.edit_section, name="edit_section"),
    path("sections/<uuid:section_id>/<slug:step>", document.change_section, name="change_section"),
]
