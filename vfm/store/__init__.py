"""What we remember: the only room that speaks to a database. It knows ids and values, not what they mean."""
