"""A plan between the file and the tables: what was understood, what a person mended, what would be saved. Pure."""
