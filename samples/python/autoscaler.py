"""Keeps a copy of queued jobs, runners and pools, and prints how many runners each pool should have, as JSON lines.

Standard library only. GARM_URL names one or more nodes (comma-separated); GARM_TOKEN, or GARM_USERNAME and GARM_PASSWORD.
"""
import http.client
import itertools
import json
import os
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

URLS = [url.rstrip("/") for url in os.environ.get("GARM_URL", "http://127.0.0.1:9997").split(",")]
FILTER = json.dumps({"filters": [
    {"entity-type": "job", "match": {"status": "queued"}}, {"entity-type": "instance"}, {"entity-type": "pool"}]})
HEARTBEAT = 15
OWNERS = ("repo_id", "org_id", "enterprise_id", "forge_instance_id")


class Ended(Exception):
    """Coming back would not help."""


def token(url):
    if os.environ.get("GARM_TOKEN"):
        return os.environ["GARM_TOKEN"]
    body = json.dumps({"username": os.environ["GARM_USERNAME"], "password": os.environ["GARM_PASSWORD"]}).encode()
    request = urllib.request.Request(f"{url}/api/v1/auth/login", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["token"]


class Copy:
    """What the filter asks for, and the place in the log that it is of."""

    def __init__(self):
        self.entities = {}  # (type, source, id): payload
        self.cursor = "snapshot"
        self.in_snapshot = False
        self.live = False
        self.unconfirmed = set()  # Neither in a row of the snapshot nor in an event yet.

    def connected(self):
        self.in_snapshot = self.live = False

    def take(self, frame):
        control = frame.get("control")
        if control == "snapshot-begin":
            self.cursor, self.in_snapshot, self.live = "snapshot", True, False
            self.unconfirmed = set(self.entities)
        elif control == "snapshot-end":
            self.in_snapshot = False
        elif control == "caught-up":
            # An entity that changed during the snapshot may come as an event only, before this.
            for key in self.unconfirmed:
                del self.entities[key]
            self.unconfirmed, self.live = set(), True
        elif control == "error" and frame["code"] not in ("slow-consumer", "session-ended"):
            raise Ended(f"{frame['code']}: {frame['message']}")
        elif control is None:
            payload = frame["payload"]
            key = (frame["entity-type"], frame.get("source", ""), str(payload["id"]))
            self.unconfirmed.discard(key)
            if frame["operation"] == "delete" or frame.get("left"):
                self.entities.pop(key, None)
            else:
                self.entities[key] = payload
        if not self.in_snapshot:  # A snapshot that was cut begins anew.
            self.cursor = frame.get("cursor", self.cursor)

    def of(self, kind):
        return [(source, payload) for (type_, source, _), payload in self.entities.items() if type_ == kind]


def wanted(copy):
    """How many runners each pool should have: those at work, the idle ones it keeps, and one for each queued job it may take."""
    pools = sorted(copy.of("pool"), key=lambda x: (-x[1].get("priority", 0), x[1]["id"]))
    counts = {(source, pool["id"]): [0, 0] for source, pool in pools}  # Queued jobs, busy runners.
    for source, job in copy.of("job"):
        for pool_source, pool in pools:
            tags = {tag["name"].lower() for tag in pool.get("tags", [])}
            owned = any(pool.get(owner) and pool.get(owner) == job.get(owner) for owner in OWNERS)
            if pool_source == source and owned and pool.get("enabled") and tags.issuperset(x.lower() for x in job.get("labels") or []):
                counts[source, pool["id"]][0] += 1
                break
    for source, runner in copy.of("instance"):
        if runner.get("runner_status") == "active" and (source, runner.get("pool_id")) in counts:
            counts[source, runner["pool_id"]][1] += 1
    for source, pool in pools:
        queued, busy = counts[source, pool["id"]]
        most = pool.get("max_runners", 0) if pool.get("enabled") else 0
        yield {"source": source, "pool": pool["id"], "queued": queued, "busy": busy,
               "wanted": min(busy + queued + pool.get("min_idle_runners", 0), most)}


def follow(copy, url, printed):
    query = urllib.parse.urlencode(
        {"filter": FILTER, "cursor": copy.cursor, "on-expired": "snapshot", "heartbeat-seconds": HEARTBEAT})
    headers = {"Accept": "application/x-ndjson", "Authorization": f"Bearer {token(url)}"}
    request = urllib.request.Request(f"{url}/api/v1/events/stream?{query}", headers=headers)
    with urllib.request.urlopen(request, timeout=2 * HEARTBEAT + 5) as stream:  # Longer silence: the connection is lost.
        copy.connected()
        for line in stream:
            if not line.endswith(b"\n"):
                break  # Cut in the middle of a frame.
            if not line.strip():
                continue
            frame = json.loads(line)
            copy.take(frame)
            if frame.get("control") == "going-away":
                return frame.get("retry-after-ms", 0) / 1000
            if copy.live and frame.get("control") in (None, "caught-up"):
                now = {(row["source"], row["pool"]): row for row in wanted(copy)}
                for key in now:
                    if printed.get(key) != now[key]:
                        print(json.dumps(now[key]), flush=True)
                printed.clear()
                printed.update(now)
    return 0


def main():
    for url in URLS:
        if not url.startswith(("http://", "https://")):
            sys.exit(f"GARM_URL: {url} is not an http or https URL")
    if not os.environ.get("GARM_TOKEN") and not (os.environ.get("GARM_USERNAME") and os.environ.get("GARM_PASSWORD")):
        sys.exit("set GARM_TOKEN, or GARM_USERNAME and GARM_PASSWORD")
    copy, printed, failures = Copy(), {}, 0
    for url in itertools.cycle(URLS):
        try:
            place = copy.cursor
            pause = follow(copy, url, printed)
            failures = 0 if copy.cursor != place else failures + 1
        except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
            if isinstance(error, urllib.error.HTTPError) and error.code < 500 and error.code not in (408, 429):
                sys.exit(f"{error.url.split('?')[0]}: {error.code} {error.read().decode(errors='replace')}")
            print(f"{url}: {getattr(error, 'reason', error)}", file=sys.stderr)
            pause, failures = 0, failures + 1
        except Ended as error:
            sys.exit(str(error))
        time.sleep(pause or random.uniform(0.5, 1) * min(30, 0.25 * 2 ** min(failures, 10)))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
