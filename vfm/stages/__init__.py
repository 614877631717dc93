"""What we make of it all: the seven stages, in order; the one registry."""

SLUGS = ("funding", "spending", "budget", "needs", "provision", "outcomes", "value")
