# WHIP and WHEP as a client speaks them: an offer is posted, the answer comes back, and the session is deleted at the end.
import os
import urllib.parse
import urllib.request


def post_offer(url, sdp):
    """Gives the answer, and the address of the session."""
    request = urllib.request.Request(url, sdp.encode(), {"Content-Type": "application/sdp", **_permission()}, method="POST")
    with urllib.request.urlopen(request, timeout=10) as response:
        if response.status != 201:
            raise RuntimeError(f"{url} answered {response.status}")
        return response.read().decode(), urllib.parse.urljoin(url, response.headers["Location"])


def delete_session(location):
    urllib.request.urlopen(urllib.request.Request(location, headers=_permission(), method="DELETE"), timeout=10).close()


def _permission():
    token = os.environ.get("WHIP_TOKEN")
    return {"Authorization": f"Bearer {token}"} if token else {}
