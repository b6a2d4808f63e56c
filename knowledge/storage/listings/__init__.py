"""Pages of records for people who look through them: filtered, counted and cut in the database."""
