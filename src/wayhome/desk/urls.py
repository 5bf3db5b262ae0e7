from django.urls import path

from wayhome.desk.views import (
    board,
    child,
    find,
    glossary,
    handover,
    homes,
    lists,
    today,
    wall,
    wording,
)

urlpatterns = [
    path("", today.today, name="today"),
    path("board", board.board, name="board"),
    path("board/rows", board.board_rows, name="board_rows"),
    path("wall", wall.wall, name="wall"),
    path("wall/rows", wall.wall_rows, name="wall_rows"),
    path("handovers", handover.handovers, name="handovers"),
    path("handovers/new", handover.hand_over, name="hand_over"),
    path("handovers/items/<uuid:item_id>", handover.acknowledge, name="acknowledge"),
    path("find", find.find, name="find"),
    path("find/<uuid:search_id>", find.found, name="found"),
    path("find/index", find.index_card, name="index_card"),
    path("children/<uuid:person_id>", child.child, name="child"),
    path(
        "children/<uuid:person_id>/addresses/<uuid:address_id>",
        child.masked_address,
        name="masked_address",
    ),
    path("lists", lists.lists, name="lists"),
    path("more", lists.more, name="more"),
    path("homes", homes.homes, name="homes"),
    path("homes/<uuid:team_id>", homes.one_home, name="home"),
    path("homes/<uuid:team_id>/link", homes.link_to_home, name="link_to_home"),
    path("homes/<uuid:team_id>/links/<uuid:link_id>/end", homes.end_home_link, name="end_home_link"),
    path("glossary", glossary.glossary, name="glossary"),
    path("wording", wording.wording, name="wording"),
    path("wording/list", wording.wording_list, name="wording_list"),
]
