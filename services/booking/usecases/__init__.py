"""What can be done in booking: one verb, one file. The edge opens the transaction."""
