"""The notifications service: renders messages, delivers them and keeps the log of deliveries."""
