"""What the law asks us to return, and what such returns bring in. Reads everything, decides nothing."""
