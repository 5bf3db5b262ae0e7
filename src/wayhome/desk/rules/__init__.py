"""What the desk's pages show, and in which order. Pure: facts and `now` in, answers out."""
