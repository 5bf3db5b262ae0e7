"""Pure decisions about plans: what a rating, a timescale and a named owner mean. Knows no framework, reads no clock."""
