"""The site's pages and the routes behind them."""
