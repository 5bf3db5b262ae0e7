"""The record: what was read and written, by whom and why; and nothing that somebody typed is lost."""
