"""What admins do with the data: import with preview, export, edit, search the log, undo."""
