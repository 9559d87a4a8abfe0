"""How many jobs that do nothing python-rq brings through in a second: rq_peer.py REDIS_URL COUNT.

One process enqueues, one worker works, as `rq worker` does it: a process forked for each job.
"""

import subprocess
import sys
import time

import redis
import rq


def main(url: str, count: int) -> None:
    queue = rq.Queue("peer", connection=redis.Redis.from_url(url))
    command = ["rq", "worker", "--url", url, "--quiet", "peer"]
    worker = subprocess.Popen(command)
    queue.enqueue("time.time", result_ttl=60)
    while len(queue.finished_job_registry) < 1:
        time.sleep(0.01)
    begun = time.perf_counter()
    for _ in range(count):
        queue.enqueue("time.time", result_ttl=60)
    while len(queue.finished_job_registry) < count + 1:
        time.sleep(0.01)
    print(count / (time.perf_counter() - begun))
    worker.terminate()
    worker.wait()


main(sys.argv[1], int(sys.argv[2]))
