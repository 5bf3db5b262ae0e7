"""Pages of this module that are printed."""
