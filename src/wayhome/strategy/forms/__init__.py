"""What the pages of this module ask, by what is being done."""
