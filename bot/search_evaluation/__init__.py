"""Measures catalogue search from a student's words to the ranked list; read by bot.bench_search."""
