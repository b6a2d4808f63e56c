"""Reading and writing records of each editable table as facts, one or thousands at a time."""
