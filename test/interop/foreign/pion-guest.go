// Pion: `pion-guest publish URL CLIPS` sends VP8 and Opus by WHIP until it is told to end, `pion-guest view URL` counts what comes by
// WHEP. Prints one line of JSON: what it saw, or that it publishes.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/pion/webrtc"
	"github.com/pion/webrtc/pkg/media"
)

const (
	stack   = "Pion 3"
	longest = 30 * time.Second
)

func main() {
	connection, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	must(err)
	connected := make(chan struct{}, 1)
	connection.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateConnected {
			connected <- struct{}{}
		}
	})
	var location string
	if os.Args[1] == "publish" {
		location = publish(connection, os.Args[2], os.Args[3], connected)
	} else {
		location = view(connection, os.Args[2])
	}
	_, err = ask(http.MethodDelete, location, "")
	must(err)
	must(connection.Close())
}

func publish(connection *webrtc.PeerConnection, address, clips string, connected chan struct{}) string {
	sound, picture := track(connection, webrtc.MimeTypeOpus), track(connection, webrtc.MimeTypeVP8)
	location := join(connection, address)
	select {
	case <-connected:
	case <-time.After(longest):
		panic("not connected")
	}
	go sendAll(sound, filepath.Join(clips, "opus"), 20*time.Millisecond)
	go sendAll(picture, filepath.Join(clips, "vp8"), time.Second/30)
	say(map[string]any{"stack": stack, "publishes": "VP8"})
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGTERM)
	select {
	case <-told:
	case <-time.After(4 * longest):
	}
	return location
}

func view(connection *webrtc.PeerConnection, address string) string {
	for _, kind := range []webrtc.RTPCodecType{webrtc.RTPCodecTypeAudio, webrtc.RTPCodecTypeVideo} {
		_, err := connection.AddTransceiverFromKind(kind, webrtc.RTPTransceiverInit{
			Direction: webrtc.RTPTransceiverDirectionRecvonly,
		})
		must(err)
	}
	var frames, sound, bytes atomic.Int64
	connection.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		for {
			packet, _, err := track.ReadRTP()
			if err != nil {
				return
			}
			bytes.Add(int64(len(packet.Payload)))
			if track.Kind() == webrtc.RTPCodecTypeAudio {
				sound.Add(1)
			} else if packet.Marker {
				// Nothing is decoded here: a frame is a packet with the marker (RFC 7741 §4.1).
				frames.Add(1)
			}
		}
	})
	location := join(connection, address)
	for end := time.Now().Add(longest); time.Now().Before(end) && (frames.Load() < 45 || sound.Load() < 60); {
		time.Sleep(50 * time.Millisecond)
	}
	say(map[string]any{"stack": stack, "frames": frames.Load(), "sound": sound.Load(), "bytes": bytes.Load()})
	return location
}

func track(connection *webrtc.PeerConnection, mime string) *webrtc.TrackLocalStaticSample {
	track, err := webrtc.NewTrackLocalStaticSample(webrtc.RTPCodecCapability{MimeType: mime}, mime[:5], "pion")
	must(err)
	transceiver, err := connection.AddTransceiverFromTrack(track, webrtc.RTPTransceiverInit{
		Direction: webrtc.RTPTransceiverDirectionSendonly,
	})
	must(err)
	// Retransmissions are answered by interceptors, which hear of NACKs only while somebody reads.
	go func() {
		buffer := make([]byte, 1500)
		for {
			if _, _, err := transceiver.Sender().Read(buffer); err != nil {
				return
			}
		}
	}()
	return track
}

// sendAll sends the frames of a file that clip.py wrote over and over, each in its time.
func sendAll(track *webrtc.TrackLocalStaticSample, path string, duration time.Duration) {
	clip, err := os.ReadFile(path)
	must(err)
	for at, ticks := 0, time.NewTicker(duration).C; ; <-ticks {
		size := int(binary.BigEndian.Uint32(clip[at:]))
		must(track.WriteSample(media.Sample{Data: clip[at+4 : at+4+size], Duration: duration}))
		at = (at + 4 + size) % len(clip)
	}
}

func join(connection *webrtc.PeerConnection, address string) string {
	offer, err := connection.CreateOffer(nil)
	must(err)
	must(connection.SetLocalDescription(offer))
	response, err := ask(http.MethodPost, address, offer.SDP)
	must(err)
	answer, err := io.ReadAll(response.Body)
	must(err)
	if response.StatusCode != http.StatusCreated {
		panic(fmt.Sprintf("%s answered %s: %s", address, response.Status, answer))
	}
	must(connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: string(answer)}))
	base, err := url.Parse(address)
	must(err)
	location, err := base.Parse(response.Header.Get("Location"))
	must(err)
	return location.String()
}

func ask(method, address, body string) (*http.Response, error) {
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	must(err)
	if body != "" {
		request.Header.Set("Content-Type", "application/sdp")
	}
	if token := os.Getenv("WHIP_TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	return http.DefaultClient.Do(request)
}

func say(what map[string]any) {
	line, err := json.Marshal(what)
	must(err)
	fmt.Println(string(line))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
