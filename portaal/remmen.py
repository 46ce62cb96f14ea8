"""Brakes against guessing: so many in a while, for one address or one code."""

import hashlib
import logging
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
QUARTER, HOUR, DAY = 15 * 60, 60 * 60, 24 * 60 * 60


def allowed(soort: str, wie: str, *, most: int, seconds: int) -> bool:
    """Count one more, and tell whether that is still not too many.

    Counters live in the cache; what counts for one link is counted in the database besides.
    """
    # No address and no code stands in the cache as it is.
    key = "portaal:" + hashlib.sha256(f"{soort}:{wie}".encode()).hexdigest()
    try:
        cache.add(key, 0, seconds)
        return int(cache.incr(key)) <= most
    except ValueError:
        # It lapsed between the two: the count begins again.
        return True
    except (RedisError, OSError):
        logger.warning("the counters of the client's door are away")
        return True


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from, as our own proxies tell it.

    Who has one address of IPv6 has its whole network of them, and would be a new visitor each time.
    """
    told = str(get_adapter(request).get_client_ip(request))
    try:
        found = ip_address(told)
    except ValueError:
        return told
    return told if found.version == 4 else str(ip_network((found, 64), strict=False))
