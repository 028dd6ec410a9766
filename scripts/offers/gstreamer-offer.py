# Prints the offer of GStreamer's webrtcbin, which publishes Opus and VP8 or, asked so, H.264.
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402, F401

VIDEO = {
    "vp8": "vp8enc ! rtpvp8pay pt=96 ! application/x-rtp,media=video,encoding-name=VP8,payload=96",
    "h264": "x264enc tune=zerolatency ! video/x-h264,profile=constrained-baseline"
    " ! rtph264pay pt=96 config-interval=-1 aggregate-mode=zero-latency"
    " ! application/x-rtp,media=video,encoding-name=H264,payload=96",
}

Gst.init(None)
loop = GLib.MainLoop()
pipeline = Gst.parse_launch(
    "webrtcbin name=peer bundle-policy=max-bundle"
    " audiotestsrc is-live=true ! opusenc ! rtpopuspay pt=97 ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! peer."
    f" videotestsrc is-live=true ! {VIDEO[sys.argv[1]]} ! peer."
)
peer = pipeline.get_by_name("peer")


def offered(promise, *_):
    promise.wait()
    # Each of these lives only as long as the one before it is held.
    reply = promise.get_reply()
    offer = reply.get_value("offer")
    description = offer.sdp
    print(description.as_text(), end="", flush=True)
    loop.quit()


def wanted(element):
    element.emit("create-offer", None, Gst.Promise.new_with_change_func(offered, None))


peer.connect("on-negotiation-needed", wanted)
pipeline.set_state(Gst.State.PLAYING)
GLib.timeout_add_seconds(10, loop.quit)
loop.run()
pipeline.set_state(Gst.State.NULL)
