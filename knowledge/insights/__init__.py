"""What is asked and what happens: the question log and the dashboard's figures."""
