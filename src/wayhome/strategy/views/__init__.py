"""The pages of this module, by what is being done."""
