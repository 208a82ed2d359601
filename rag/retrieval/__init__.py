"""A question becomes a typed query, and the query a ranking of passages."""
