"""Tokens that no door may take: forged, expired, foreign, of ended sign-ins."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from forging import by_shared_secret, coded, unsigned

from bot.identity.ended import EndedSignIns
from bot.identity.people import Person
from bot.identity.sign_ins import SignIns
from bot.storage.database import DoorDatabase
from knowledge import tickets
from knowledge.model.students import Principal, Role

SUID, NAME = "05990001", "Robin First"


def _claims(**other: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {
        "sub": SUID, "role": "admin", "aud": "quad", "iat": now, "exp": now + 600, "name": NAME,
        **other,
    }  # fmt: skip
    return {name: value for name, value in claims.items() if value is not None}


def forged(quad, other_key: rsa.RSAPrivateKey) -> dict[str, str]:
    """Tokens that were not made by us, or not for this."""
    secret = quad.gate.secret.encode()
    now = int(time.time())
    (published,) = httpx.get(f"{quad.site}/sso/jwks").json()["keys"]
    jwk = json.dumps({name: published[name] for name in ("kty", "n", "e")})
    public = jwt.PyJWK.from_json(jwk, "RS256").key
    pem = public.public_bytes(*_pem())
    good = jwt.encode(_claims(role="student"), secret, "HS256")
    head, body, signature = good.split(".")
    own = jwt.PyJWK.from_dict({**json.loads(jwk)}, "RS256")
    cases = {f"alg {alg}": unsigned(_claims(), alg) for alg in ("none", "None", "NONE", "nOnE", "")}
    cases |= {
        "another secret": by_shared_secret(_claims(), b"x" * 40),
        "an empty secret": by_shared_secret(_claims(), b""),
        "a guessed secret": by_shared_secret(_claims(), b"secret"),
        "the provider's public key": by_shared_secret(_claims(), pem),
        "the provider's public key, stripped": by_shared_secret(_claims(), pem.strip()),
        "the provider's key as JSON": by_shared_secret(_claims(), jwk.encode()),
        "HS384": by_shared_secret(_claims(), secret, "HS384"),
        "HS512": by_shared_secret(_claims(), secret, "HS512"),
        "RS256": jwt.encode(_claims(), other_key, "RS256"),
        "RS256 under the provider's id": jwt.encode(
            _claims(), other_key, "RS256", {"kid": published["kid"]}
        ),
        "a key inside": by_shared_secret(_claims(), b"k" * 32, jwk={"kty": "oct", "k": "a2s="}),
        "a key's address": by_shared_secret(_claims(), b"k", jku="https://evil.example/keys"),
        "an id that is a path": by_shared_secret(_claims(), b"", kid="../../../dev/null"),
        "an id that is a query": by_shared_secret(_claims(), b"k", kid="x' UNION SELECT 'k"),
        "another audience": by_shared_secret(_claims(aud="another"), secret),
        "audiences without us": by_shared_secret(_claims(aud=["a", "b"]), secret),
        "no audience": by_shared_secret(_claims(aud=None), secret),
        "a timetable's ticket": tickets.issue(tickets.Shown(SUID, ()), quad.gate.secret),
        "expired": by_shared_secret(_claims(exp=now - 1), secret),
        "expired long ago": by_shared_secret(_claims(exp=1), secret),
        "never expiring": by_shared_secret(_claims(exp=None), secret),
        "expiring in words": by_shared_secret(_claims(exp="tomorrow"), secret),
        "not yet": by_shared_secret(_claims(nbf=now + 600), secret),
        "nobody's": by_shared_secret(_claims(sub=None), secret),
        "without a role": by_shared_secret(_claims(role=None), secret),
        "an unknown role": by_shared_secret(_claims(role="superuser"), secret),
        "a role in capitals": by_shared_secret(_claims(role="ADMIN"), secret),
        "several roles": by_shared_secret(_claims(role=["admin"]), secret),
        "another body": f"{head}.{coded(_claims())}.{signature}",
        "another head": f"{coded({'alg': 'none'})}.{body}.{signature}",
        "no signature": f"{head}.{body}.",
        "no signature part": f"{head}.{body}",
        "half a signature": f"{head}.{body}.{signature[:20]}",
        "a changed signature": f"{head}.{body}.{signature[::-1]}",
        "twice": f"{good}.{good}",
        "encrypted": "a.b.c.d.e",
        "words": "please let me in",
        "dots": "..",
        "JSON": json.dumps(_claims()).replace(" ", ""),
        "base64": base64.b64encode(json.dumps(_claims()).encode()).decode(),
        "long": "a" * 6000,
        "number": SUID,
    }
    assert own.key is not None
    return cases


def _pem() -> tuple[Any, Any]:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return Encoding.PEM, PublicFormat.SubjectPublicKeyInfo


def ended(quad) -> dict[str, str]:
    """Tokens and secrets of a sign-in that was real and is over."""
    doors = DoorDatabase(quad.units)
    sign_ins = SignIns(doors, quad.gate.secret, EndedSignIns(doors))
    held = sign_ins.begin(Person(Principal(SUID, Role.ADMIN), NAME))
    token = quad.gate.issue(held.person.principal, timedelta(minutes=5), held.sign_in_id)
    url = f"{quad.site}/axess/students/{SUID}/enrollments"
    assert httpx.get(url, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    sign_ins.end(held.secret)
    time.sleep(2.0)  # what any other process may need to notice
    return {"an ended sign-in's": token, "a refresh secret": held.secret}
