"""What runs the product: settings, urls, which event calls which handler, the schedule, the command line."""
