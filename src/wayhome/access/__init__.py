"""Who may see a child, and why: users, roles, grants, and the row security that enforces them."""
