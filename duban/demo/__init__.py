"""The demonstration: a simulated clock, a local mail server, units that answer or do not."""
