"""HTTP of the desk's pages, one file a page."""
