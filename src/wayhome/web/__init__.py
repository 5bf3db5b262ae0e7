"""What every page shares: layout, components, form fields, error pages, fragments. It has no domain words."""
