"""How the learned policies are trained; knows torch. The bot itself never imports this."""
