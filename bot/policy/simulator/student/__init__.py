"""What a simulated student believes, wants and says next."""
