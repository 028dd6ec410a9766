# Prints the offer of aiortc: sound and picture to publish, and a data channel.
import asyncio

from aiortc import RTCPeerConnection
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack


async def main():
    connection = RTCPeerConnection()
    connection.createDataChannel("chat")
    connection.addTrack(AudioStreamTrack())
    connection.addTrack(VideoStreamTrack())
    offer = await connection.createOffer()
    print(offer.sdp, end="")
    await connection.close()


asyncio.run(main())
