"""The yearly return on looked-after children (SSDA903): reading one, checking it, and making one.

Pure Python: nothing here knows the database. `reading` gives typed rows and a report of what could not be
held; `rules` and `writing` make a return out of plain facts. The law: Children Act 1989 s.83.
"""
