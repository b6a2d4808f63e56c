"""A development provider that mimics the university's single sign-on, served by the site at `/sso`.

It speaks OpenID Connect over real HTTP (discovery, JWKS, authorize, token, userinfo, end session)
and asks nobody for a password: it is for the synthetic students and for trying things out, and is
mounted only where no real provider is named and the site is called by this machine's own name.
"""

from bot.identity.provider.app import PATH, create_provider
from bot.identity.provider.registered import development_client

__all__ = ["PATH", "create_provider", "development_client"]
