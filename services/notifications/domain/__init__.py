"""Values and rules of deliveries, without Flask, SQL, clock or network."""
