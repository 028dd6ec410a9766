# aiortc: `aiortc-guest.py publish URL` sends VP8 and Opus by WHIP until it is told to end, `aiortc-guest.py view URL`
# decodes what comes by WHEP. Prints one line of JSON: what it saw, or that it publishes.
import asyncio
import json
import signal
import sys

import aiortc
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack
from av import VideoFrame
from whip import delete_session, post_offer

LONGEST_S = 30
ENOUGH = {"frames": 45, "sound": 60}
STACK = f"aiortc {aiortc.__version__}"


class Picture(VideoStreamTrack):
    """A grey that changes from frame to frame."""

    async def recv(self):
        pts, time_base = await self.next_timestamp()
        frame = VideoFrame(width=320, height=240, format="yuv420p")
        for plane in frame.planes:
            plane.update(bytes([pts // 3000 % 256]) * plane.buffer_size)
        frame.pts, frame.time_base = pts, time_base
        return frame


async def join(connection, url):
    await connection.setLocalDescription(await connection.createOffer())
    answer, location = await asyncio.to_thread(post_offer, url, connection.localDescription.sdp)
    await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    return location


async def publish(connection, url):
    connection.addTrack(AudioStreamTrack())
    connection.addTrack(Picture())
    location = await join(connection, url)
    while connection.connectionState not in ("connected", "failed"):
        await asyncio.sleep(0.05)
    print(json.dumps({"stack": STACK, "publishes": "VP8", "state": connection.connectionState}), flush=True)
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    await wait(told, 4 * LONGEST_S)
    return location


async def view(connection, url):
    saw = {"stack": STACK, "frames": 0, "height": 0, "sound": 0}
    enough = asyncio.Event()
    readers = []

    async def read(track):
        while True:
            frame = await track.recv()
            saw["frames" if track.kind == "video" else "sound"] += 1
            if track.kind == "video":
                saw["height"] = frame.height
            if all(saw[what] >= count for what, count in ENOUGH.items()):
                enough.set()

    connection.addTransceiver("audio", "recvonly")
    connection.addTransceiver("video", "recvonly")
    connection.on("track", lambda track: readers.append(asyncio.ensure_future(read(track))))
    location = await join(connection, url)
    await wait(enough, LONGEST_S)
    for reader in readers:
        reader.cancel()
    print(json.dumps(saw), flush=True)
    return location


async def wait(event, seconds):
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except asyncio.TimeoutError:
        pass


async def main(role, url):
    connection = RTCPeerConnection()
    location = await {"publish": publish, "view": view}[role](connection, url)
    delete_session(location)
    await connection.close()


asyncio.run(main(sys.argv[1], sys.argv[2]))
