"""What can be done with deliveries, one verb in each file; the caller owns the transaction."""
