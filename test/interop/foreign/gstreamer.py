# GStreamer's webrtcbin: `gstreamer.py publish URL` sends H.264 and Opus by WHIP until it is told to end,
# `gstreamer.py view URL` decodes what comes by WHEP. Prints one line of JSON: what it saw, or that it publishes.
import json
import signal
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402
from whip import delete_session, post_offer  # noqa: E402

LONGEST_S = 30
ENOUGH = {"frames": 45, "sound": 60}

PUBLISHER = """
 webrtcbin name=peer bundle-policy=max-bundle
 audiotestsrc is-live=true wave=ticks ! audioconvert ! opusenc ! rtpopuspay pt=97
 ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! peer.
 videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=30/1
 ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=30 ! video/x-h264,profile=constrained-baseline
 ! rtph264pay pt=96 config-interval=-1 aggregate-mode=zero-latency
 ! application/x-rtp,media=video,encoding-name=H264,payload=96 ! peer.
"""
# A single element would be no pipeline.
VIEWER = "webrtcbin name=peer bundle-policy=max-bundle fakesrc num-buffers=0 ! fakesink"
SEEN = {
    "audio": "application/x-rtp,media=audio,encoding-name=OPUS,payload=97,clock-rate=48000,encoding-params=(string)2",
    "video": "application/x-rtp,media=video,encoding-name=VP8,payload=96,clock-rate=90000;"
    "application/x-rtp,media=video,encoding-name=H264,payload=98,clock-rate=90000",
}


class Guest:
    """One webrtcbin that offers, and the session that comes of it."""

    def __init__(self, role, url):
        self.role, self.url = role, url
        self.loop = GLib.MainLoop()
        self.saw = {"stack": f"GStreamer {Gst.version_string().split()[1]}", "frames": 0, "height": 0, "sound": 0}
        self.location = None
        self.error = None
        self.has_told = False
        self.pipeline = Gst.parse_launch(PUBLISHER if role == "publish" else VIEWER)
        self.peer = self.pipeline.get_by_name("peer")
        self.peer.connect("on-negotiation-needed", self._offer)
        self.peer.connect("pad-added", self._see)
        self.peer.connect("notify::ice-connection-state", self._connection)
        if role == "view":
            for caps in SEEN.values():
                direction = GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY
                self.peer.emit("add-transceiver", direction, Gst.Caps.from_string(caps))

    def run(self):
        self.pipeline.set_state(Gst.State.PLAYING)
        GLib.timeout_add_seconds(LONGEST_S if self.role == "view" else 4 * LONGEST_S, self.loop.quit)
        GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGTERM, self.loop.quit)
        self.loop.run()
        if self.role == "view":
            print(json.dumps(self.saw), flush=True)
        if self.location is not None:
            delete_session(self.location)
        self.pipeline.set_state(Gst.State.NULL)
        if self.error is not None:
            raise self.error

    def _offer(self, peer):
        peer.emit("create-offer", None, Gst.Promise.new_with_change_func(self._offered, None))

    def _offered(self, promise, *_):
        promise.wait()
        # Each of these lives only as long as the one before it is held.
        reply = promise.get_reply()
        offer = reply.get_value("offer")
        self.peer.emit("set-local-description", offer, Gst.Promise.new())
        description = offer.sdp
        try:
            answer, self.location = post_offer(self.url, description.as_text())
        except Exception as error:  # A callback of GObject swallows what is raised in it.
            self.error = error
            self.loop.quit()
            return
        _, sdp = GstSdp.SDPMessage.new_from_text(answer)
        answered = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, sdp)
        self.peer.emit("set-remote-description", answered, Gst.Promise.new())

    def _connection(self, peer, _):
        # Who is completed by the time it tells is never told to have been connected.
        state = peer.get_property("ice-connection-state").value_nick
        if self.role == "publish" and not self.has_told and state in ("connected", "completed"):
            self.has_told = True
            print(json.dumps({"stack": self.saw["stack"], "publishes": "H264"}), flush=True)

    def _see(self, _, pad):
        if pad.get_direction() != Gst.PadDirection.SRC:
            return
        decode = Gst.ElementFactory.make("decodebin")
        decode.connect("pad-added", self._decoded)
        self.pipeline.add(decode)
        decode.sync_state_with_parent()
        pad.link(decode.get_static_pad("sink"))

    def _decoded(self, _, pad):
        sink = Gst.ElementFactory.make("fakesink")
        self.pipeline.add(sink)
        sink.sync_state_with_parent()
        pad.link(sink.get_static_pad("sink"))
        pad.add_probe(Gst.PadProbeType.BUFFER, self._count)

    def _count(self, pad, _):
        shape = pad.get_current_caps().get_structure(0)
        if shape.get_name().startswith("video"):
            self.saw["frames"] += 1
            self.saw["height"] = shape.get_int("height")[1]
        else:
            self.saw["sound"] += 1
        if all(self.saw[what] >= count for what, count in ENOUGH.items()):
            self.loop.quit()
        return Gst.PadProbeReturn.OK


Gst.init(None)
Guest(sys.argv[1], sys.argv[2]).run()
