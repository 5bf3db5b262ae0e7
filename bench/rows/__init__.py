"""One file for each kind of work that is measured; each gives its rows of the table."""
