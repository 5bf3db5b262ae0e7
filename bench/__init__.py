"""Side-by-side measurements: every row beside its peer or limit, in one run, at full scale. `make bench`."""
