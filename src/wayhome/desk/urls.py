from django.urls import path

from wayhome.desk.views import board, child, find, glossary, today, wall

urlpatterns = [
    path("", today.today, name="today"),
    path("board", board.board, name="board"),
    path("board/rows", board.board_rows, name="board_rows"),
    path("wall", wall.wall, name="wall"),
    path("wall/rows", wall.wall_rows, name="wall_rows"),
    path("find", find.find, name="find"),
    path("find/<uuid:search_id>", find.found, name="found"),
    path("find/index", find.index_card, name="index_card"),
    path("children/<uuid:person_id>", child.child, name="child"),
    path(
        "children/<uuid:person_id>/addresses/<uuid:address_id>",
        child.masked_address,
        name="masked_address",
    ),
    path("glossary", glossary.glossary, name="glossary"),
]
