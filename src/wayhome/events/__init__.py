"""The outbox: what happened, told to those who react, in the same transaction as the fact itself."""
