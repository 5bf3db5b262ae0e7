"""One file a verb: `add_arguments(parser)` says what it takes, `run(args)` returns the exit code."""
