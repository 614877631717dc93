"""Gathers answers, findings and figures into one finished action plan."""
