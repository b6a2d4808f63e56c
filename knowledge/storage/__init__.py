"""The database: tables, mapping to model values, units of work, migrations, audit."""
