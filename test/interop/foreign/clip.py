# `clip.py FOLDER` encodes two seconds of a moving picture as VP8 and as H.264, and of a tone as Opus, for stacks that have
# no encoders of their own. Files `vp8`, `h264`, `opus`: each frame with its length in front, 32 bits big-endian.
import pathlib
import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402

PICTURE = "videotestsrc num-buffers=60 pattern=ball ! video/x-raw,width=320,height=240,framerate=30/1"
PIPELINES = {
    "vp8": f"{PICTURE} ! vp8enc deadline=1 cpu-used=8 keyframe-max-dist=30 target-bitrate=300000",
    "h264": f"{PICTURE} ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=30 bitrate=300"
    " ! video/x-h264,profile=constrained-baseline ! h264parse config-interval=-1"
    " ! video/x-h264,stream-format=byte-stream,alignment=au",
    # 20 ms each.
    "opus": "audiotestsrc num-buffers=100 samplesperbuffer=960 ! audio/x-raw,rate=48000,channels=2"
    " ! audioconvert ! opusenc frame-size=20",
}


def encode(pipeline, path):
    run = Gst.parse_launch(f"{pipeline} ! appsink name=sink sync=false")
    sink = run.get_by_name("sink")
    run.set_state(Gst.State.PLAYING)
    with path.open("wb") as file:
        while (sample := sink.emit("pull-sample")) is not None:
            buffer = sample.get_buffer()
            frame = buffer.extract_dup(0, buffer.get_size())
            file.write(len(frame).to_bytes(4, "big") + frame)
    run.set_state(Gst.State.NULL)


Gst.init(None)
for name, pipeline in PIPELINES.items():
    encode(pipeline, pathlib.Path(sys.argv[1]) / name)
